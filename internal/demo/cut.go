package demo

import (
	"net"
	"sync"
)

// cutListener knows the connections that it accepted, so that they can be cut from outside. The mail server's library takes
// the session away from a connection that it closes while another goroutine serves it, and then panics; a connection that is
// cut is closed by whoever serves it.
type cutListener struct {
	net.Listener
	mu      sync.Mutex
	open    map[net.Conn]bool
	stopped bool
	once    sync.Once
	failed  error
}

// Accept waits for the next connection.
func (l *cutListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.stopped {
		_ = c.Close() // nothing was said on it
	}
	l.open[c] = true
	return cutConn{c, l}, nil
}

// Close ends the listening; twice is once.
func (l *cutListener) Close() error {
	l.once.Do(func() { l.failed = l.Listener.Close() })
	return l.failed
}

// cut ends the listening, and every connection.
func (l *cutListener) cut() {
	_ = l.Close() // said again by the server's own end
	l.mu.Lock()
	defer l.mu.Unlock()
	l.stopped = true
	for c := range l.open {
		_ = c.Close() // whoever serves it hears it
	}
}

type cutConn struct {
	net.Conn
	of *cutListener
}

// Close is called by whoever serves the connection.
func (c cutConn) Close() error {
	c.of.mu.Lock()
	delete(c.of.open, c.Conn)
	c.of.mu.Unlock()
	return c.Conn.Close()
}
