package reader

import (
	"net"
	"syscall"
)

// acknowledgeAtOnce sets TCP_QUICKACK, which the kernel clears again by itself. A failure costs time
// and nothing else.
func acknowledgeAtOnce(conn net.Conn) {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return
	}
	_ = raw.Control(func(fd uintptr) {
		_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_QUICKACK, 1)
	})
}
