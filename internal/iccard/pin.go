package iccard

import (
	"crypto/subtle"
	"slices"

	"mynumber/internal/apdu"
)

// home is the file that keeps value and counter of a PIN: mostly the file itself.
func (c *Card) home(f *file) EF { return homeOf(c.ef(f), f) }

func homeOf(ef EF, f *file) EF {
	if f.sameAs != 0 {
		return EF{f.sameAs, f.id}
	}
	return ef
}

// fullCounter is how many tries the PIN has after it is set.
func (c *Card) fullCounter(f *file) int {
	if f.tries == 0 {
		return c.state.config.ReferenceTries
	}
	return f.tries
}

// verify is VERIFY, reference section 8.4. Without data (also written with a byte 00 that the
// standard calls Le) it only tells the tries left, and never 9000, not even when verified: OpenSC
// refuses a card that says otherwise.
func (c *Card) verify(cmd apdu.Command) ([]byte, apdu.SW) {
	if cmd.P1 != 0x00 {
		return nil, apdu.WrongParameters
	}
	f, sw := c.current(cmd.P2)
	switch {
	case sw != apdu.OK:
		return nil, sw
	case f.kind != pin:
		return nil, apdu.KeyNotFound
	}
	p := c.state.pins[c.home(f)] // unset: no tries left
	switch {
	case len(cmd.Data) == 0:
		return nil, apdu.TriesLeft(p.left)
	case p.left == 0:
		return nil, apdu.Blocked // 6984, as the real card; 6983 would read better in OpenSC
	}
	return nil, c.try(f, p, cmd.Data)
}

// try compares a value with the PIN. The try is spent, durably, before the comparison: whoever takes
// the power away in between has lost it. The answer goes out only after the outcome is durable.
func (c *Card) try(f *file, p secret, value []byte) apdu.SW {
	bit := uint32(1) << (f.id & 0x1F)
	c.verified &^= bit
	spent := c.state.withPIN(c.home(f), secret{p.value, p.left - 1})
	if c.commit(spent) != nil {
		// Whether the old or the new counter is in the storage is not known; go on with the lower.
		c.state, c.durable = spent, spent
		return apdu.MemoryError
	}
	if subtle.ConstantTimeCompare(p.value, value) != 1 {
		return apdu.TriesLeft(p.left - 1)
	}
	left := c.fullCounter(f)
	if c.state.config.PINPolicy == CountCumulative {
		left = p.left // a right value costs nothing and gives nothing back
	}
	if sw := c.commitStatus(c.state.withPIN(c.home(f), secret{p.value, left})); sw != apdu.OK {
		return sw
	}
	c.verified |= bit
	return apdu.OK
}

// change is CHANGE REFERENCE DATA (00 24 01) and JICSAP CHANGE KEY (80 32 00), reference sections
// 8.5 and 4: a new value after VERIFY of the same PIN. Its syntax is checked (PIN-001, PIN-002);
// whether the real chip does so is not known.
func (c *Card) change(cmd apdu.Command) ([]byte, apdu.SW) {
	if (cmd.INS == insChange && cmd.P1 != 0x01) || (cmd.INS == insChangeKey && cmd.P1 != 0x00) {
		return nil, apdu.WrongParameters
	}
	f, sw := c.current(cmd.P2)
	switch {
	case sw != apdu.OK:
		return nil, sw
	case f.kind != pin:
		return nil, apdu.KeyNotFound
	case c.verified&(1<<(f.id&0x1F)) == 0:
		return nil, apdu.SecurityNotSatisfied
	case f.changedBy != cmd.INS:
		return nil, apdu.ConditionsNotMet
	case len(cmd.Data) == 0:
		return nil, apdu.WrongLength
	case !f.syntax.accepts(cmd.Data):
		return nil, apdu.WrongData
	}
	home := c.home(f)
	return nil, c.commitStatus(c.state.withPIN(home, secret{slices.Clone(cmd.Data), c.state.pins[home].left}))
}
