package ocsp

import (
	"context"
	"hash/maphash"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"mynumber/internal/certificate"
	"mynumber/internal/pki"
)

// Prepared answers are found by the very bytes of their request: clients write the same question alike. Each shard has two maps;
// an answer that nobody asks for moves from the young one to the old one and is gone with it.
const (
	mostPrepared = 512 // octets of a request whose answer is kept: some certificates
	shards       = 64
	shardRoom    = 256 // answers in one map of a shard; 32,768 in all, about 70 MB

	// An answer that was asked for is signed again when it has a third of its life left.
	refreshAge  = pki.OCSPLifetime * 2 / 3
	sweepEvery  = time.Second
	rotateAfter = 30 // sweeps
)

// entry is a prepared answer with what it said of which certificates.
type entry struct {
	reply      Reply
	kind       certificate.Kind
	generation int
	counters   []uint64
	statuses   []pki.Status
	asked      atomic.Bool
}

type prepared struct {
	seed   maphash.Seed
	shards [shards]shard
}

type shard struct {
	mu         sync.RWMutex
	young, old map[string]*entry
}

func (p *prepared) init() {
	p.seed = maphash.MakeSeed()
	for i := range p.shards {
		p.shards[i].young, p.shards[i].old = map[string]*entry{}, map[string]*entry{}
	}
}

func (p *prepared) shard(request []byte) *shard {
	return &p.shards[maphash.Bytes(p.seed, request)%shards]
}

// find finds the answer to a request, nil for none.
func (p *prepared) find(request []byte) *entry {
	if len(request) > mostPrepared {
		return nil
	}
	s := p.shard(request)
	s.mu.RLock()
	e, young := s.young[string(request)]
	if !young {
		e = s.old[string(request)]
	}
	s.mu.RUnlock()
	if e != nil && !young {
		s.put(string(request), e)
	}
	return e
}

func (s *shard) put(request string, e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.young) >= shardRoom {
		s.old, s.young = s.young, map[string]*entry{}
	}
	s.young[request] = e
}

// prepare signs an answer and keeps it, unless it is an error.
func (s *Service) prepare(request string, q pki.Query, now time.Time) *entry {
	e := &entry{reply: *s.sign(q, now), kind: q.Authority.Kind(), generation: q.Authority.Generation(), counters: q.Counters}
	for _, single := range q.Singles {
		e.statuses = append(e.statuses, single.Status)
	}
	if e.reply.Status == pki.Successful {
		s.prepared.shard([]byte(request)).put(request, e)
	}
	return e
}

// Run signs answers that are asked for again before they are too old, until the context ends. Its signatures wait for nobody
// who came without one.
func (s *Service) Run(ctx context.Context) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		s.sweep(ctx, n%rotateAfter == 0)
	}
}

// sweep refreshes what is due; rotate lets go what nobody asked for since the last time.
func (s *Service) sweep(ctx context.Context, rotate bool) {
	var due []string
	now := s.Clock()
	for i := range s.prepared.shards {
		shard := &s.prepared.shards[i]
		shard.mu.Lock()
		for _, all := range []map[string]*entry{shard.young, shard.old} {
			for request, e := range all {
				if e.asked.Load() && now.Sub(e.reply.produced) >= refreshAge {
					due = append(due, request)
				}
			}
		}
		if rotate {
			shard.old, shard.young = shard.young, map[string]*entry{}
		}
		shard.mu.Unlock()
	}
	refreshers := make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2))
	var all sync.WaitGroup
	for _, request := range due {
		if ctx.Err() != nil {
			break
		}
		refreshers <- struct{}{}
		all.Go(func() {
			defer func() { <-refreshers }()
			if q, err := s.read([]byte(request)); err == nil {
				s.prepare(request, q, s.Clock())
			}
		})
	}
	all.Wait()
}
