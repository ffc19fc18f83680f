package iccard

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Life is how far the chip has come.
type Life byte

const (
	Blank        Life = iota // from the maker: applications without content
	Personalised             // the issuer has finished
	Terminated               // erased for good; answers 6F00 to everything
)

// String is the word for a page.
func (l Life) String() string {
	switch l {
	case Blank:
		return "blank"
	case Personalised:
		return "personalised"
	case Terminated:
		return "terminated"
	}
	return fmt.Sprintf("life %d", byte(l))
}

// state is everything that survives power-off. Its parts are replaced, never written in place: a new
// state becomes the chip's only after it is durable.
type state struct {
	life     Life
	config   Config
	contents map[EF][]byte
	pins     map[EF]secret
	keys     map[EF]*keyPair
	beside   map[EF]*keyPair // made for the file's place and not yet in it
}

// secret is a PIN or reference number that has been set. An absent one is unset: the file of a
// chip nobody has set is all FF.
type secret struct {
	value []byte
	left  int // tries left
}

func newState(cfg Config) *state {
	return &state{config: cfg, contents: map[EF][]byte{}, pins: map[EF]secret{}, keys: map[EF]*keyPair{}, beside: map[EF]*keyPair{}}
}

func (s *state) withContent(ef EF, content []byte) *state {
	next := *s
	next.contents = maps.Clone(s.contents)
	next.contents[ef] = content
	return &next
}

func (s *state) withPIN(ef EF, p secret) *state {
	next := *s
	next.pins = maps.Clone(s.pins)
	next.pins[ef] = p
	return &next
}

func (s *state) withKey(ef EF, k *keyPair) *state {
	next := *s
	next.keys = maps.Clone(s.keys)
	next.keys[ef] = k
	return &next
}

func (s *state) withBeside(ef EF, k *keyPair) *state {
	next := *s
	next.beside = maps.Clone(s.beside)
	next.beside[ef] = k
	return &next
}

// withTakenUp returns the state in which the key made beside the file's is the file's.
func (s *state) withTakenUp(ef EF) *state {
	next := s.withKey(ef, s.beside[ef])
	next.beside = maps.Clone(s.beside)
	delete(next.beside, ef)
	return next
}

// without returns the state in which the file has neither content nor PIN nor key, nor one beside it.
func (s *state) without(ef EF) *state {
	next := *s
	next.contents, next.pins, next.keys, next.beside = maps.Clone(s.contents), maps.Clone(s.pins), maps.Clone(s.keys), maps.Clone(s.beside)
	delete(next.contents, ef)
	delete(next.pins, ef)
	delete(next.keys, ef)
	delete(next.beside, ef)
	return &next
}

// content is what a transparent or record file holds. A file never written is sixteen FF, as the
// empty files of real cards are, and the availability file says that there is no certificate.
func (s *state) content(ef EF) []byte {
	if c, ok := s.contents[ef]; ok {
		return c
	}
	if ef == CertificateAvailability {
		return []byte{0, 0, 0}
	}
	return unwritten
}

var unwritten = slices.Repeat([]byte{0xFF}, 16)

// image is the state as it is stored.
type image struct {
	Version       int
	Life          Life
	ATR           []byte
	ManagementKey []byte
	Policy        PINPolicy
	Tries         int
	Profile       Profile `json:",omitempty"`
	KeepReselect  bool
	Contents      []stored
	PINs          []stored
	Keys          []stored // Left: the algorithm
	Beside        []stored `json:",omitempty"` // as Keys
}

type stored struct {
	EF    EF
	Value []byte
	Left  int `json:",omitempty"` // tries of a PIN, algorithm of a key
}

const imageVersion = 1

func (s *state) marshal() ([]byte, error) {
	im := image{
		Version: imageVersion, Life: s.life,
		ATR: s.config.ATR, ManagementKey: s.config.ManagementKey[:], Policy: s.config.PINPolicy,
		Tries: s.config.ReferenceTries, Profile: s.config.Profile, KeepReselect: s.config.KeepOnReselect,
	}
	for _, ef := range sorted(s.contents) {
		im.Contents = append(im.Contents, stored{EF: ef, Value: s.contents[ef]})
	}
	for _, ef := range sorted(s.pins) {
		im.PINs = append(im.PINs, stored{EF: ef, Value: s.pins[ef].value, Left: s.pins[ef].left})
	}
	for _, ef := range sorted(s.keys) {
		im.Keys = append(im.Keys, s.keys[ef].stored(ef))
	}
	for _, ef := range sorted(s.beside) {
		im.Beside = append(im.Beside, s.beside[ef].stored(ef))
	}
	return json.Marshal(im)
}

func sorted[T any](m map[EF]T) []EF {
	return slices.SortedFunc(maps.Keys(m), func(a, b EF) int {
		return cmp.Or(cmp.Compare(a.Application, b.Application), cmp.Compare(a.ID, b.ID))
	})
}

// unmarshalState reads a stored image; every fault is a *CorruptError.
func unmarshalState(memory []byte) (*state, error) {
	var im image
	if err := json.Unmarshal(memory, &im); err != nil {
		return nil, &CorruptError{Reason: err.Error()}
	}
	if im.Version != imageVersion {
		return nil, &CorruptError{Reason: fmt.Sprintf("it is of version %d, this program knows %d", im.Version, imageVersion)}
	}
	cfg := Config{ATR: im.ATR, PINPolicy: im.Policy, ReferenceTries: im.Tries, Profile: im.Profile, KeepOnReselect: im.KeepReselect}
	if copy(cfg.ManagementKey[:], im.ManagementKey) != len(cfg.ManagementKey) {
		return nil, &CorruptError{Reason: "the management key has a wrong length"}
	}
	if err := cfg.check(); err != nil {
		return nil, &CorruptError{Reason: err.Error()}
	}
	if im.Life > Terminated {
		return nil, &CorruptError{Reason: fmt.Sprintf("its life is %d", im.Life)}
	}
	s := newState(cfg)
	s.life = im.Life
	for _, f := range im.Contents {
		s.contents[f.EF] = f.Value
	}
	for _, p := range im.PINs {
		if p.Left < 0 || p.Left > maxTries {
			return nil, &CorruptError{Reason: fmt.Sprintf("%v has %d tries", p.EF, p.Left)}
		}
		s.pins[p.EF] = secret{p.Value, p.Left}
	}
	for _, k := range im.Keys {
		s.keys[k.EF] = &keyPair{algorithm: Algorithm(k.Left), der: k.Value}
	}
	for _, k := range im.Beside {
		s.beside[k.EF] = &keyPair{algorithm: Algorithm(k.Left), der: k.Value}
	}
	return s, nil
}
