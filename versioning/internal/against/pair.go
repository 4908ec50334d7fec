package against

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// pair is one family, as each side tests it.
type pair struct {
	there, here *tested // nil where the side does not test it
	entries     []*entry
}

// tested is a call of replaytest.Run of one side.
type tested struct {
	exchange.Test
	in *testPackage
	// own and foreign are the rows of its own recordings and of those that only the
	// other side has, by name.
	own, foreign map[string]matrix.Row
}

// entry is a recording; one of both sides if it is the same file.
type entry struct {
	// name tells it apart from the others of the pair.
	name        string
	there, here *exchange.Recording
	// longer is the one of both that holds the other, if the history was pulled again after the
	// execution had gone on. It is nil if both are the same file.
	longer *exchange.Recording
}

// judged returns the recording that a side judges: its own one, or that of the other side. What was
// pulled again is judged as a whole by both.
func (e *entry) judged(mine, elsewhere *exchange.Recording) (recording *exchange.Recording, own bool) {
	if mine == nil || e.longer != nil && e.longer != mine {
		return elsewhere, false
	}
	return mine, true
}

// pair brings the tests of both sides together: those of one package, name and
// family, and of the rest those of the same family, if they are two.
func (r *run) pair() (pairs []*pair, err error) {
	type key struct{ path, test, family, id string }
	exact := func(t *tested) key { return key{t.in.path, t.Name, t.Family, t.ID} }
	there, here := calls(r.there), calls(r.here)
	match := func(of func(*tested) key) {
		for _, t := range here {
			same := func(other *tested) bool { return other != nil && of(other) == of(t) }
			i := slices.IndexFunc(there, same)
			if i < 0 || count(there, same) > 1 || count(here, same) > 1 {
				continue
			}
			pairs = append(pairs, &pair{there: there[i], here: t})
			there = slices.Delete(there, i, i+1)
		}
		here = slices.DeleteFunc(here, func(t *tested) bool {
			return slices.ContainsFunc(pairs, func(p *pair) bool { return p.here == t })
		})
	}
	match(exact)
	match(func(t *tested) key { return key{family: t.Family, test: t.Name} })
	match(func(t *tested) key { return key{family: t.Family} })
	for _, t := range there {
		pairs = append(pairs, &pair{there: t})
	}
	for _, t := range here {
		pairs = append(pairs, &pair{here: t})
	}
	for _, p := range pairs {
		if err := p.match(r); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(pairs, func(a, b *pair) int { return slices.Compare(a.place(), b.place()) })
	return pairs, nil
}

func (p *pair) place() []string { return []string{p.any().Family, p.any().in.path, p.any().Name} }

// any is the test of the work tree, or else that of the revision.
func (p *pair) any() *tested {
	if p.here != nil {
		return p.here
	}
	return p.there
}

func calls(s *side) (all []*tested) {
	for _, p := range s.packages {
		for _, t := range p.tests {
			all = append(all, &tested{Test: t, in: p})
		}
	}
	return all
}

func count(all []*tested, is func(*tested) bool) (n int) {
	for _, t := range all {
		if is(t) {
			n++
		}
	}
	return n
}

// match finds the recordings that are the same file on both sides, under one name or
// two. Two files of one name get names of their own.
func (p *pair) match(r *run) error {
	ofName, ofSum := map[string]*entry{}, map[[sha256.Size]byte]*entry{}
	if p.there != nil {
		for i := range p.there.Recordings {
			e := &entry{name: p.there.Recordings[i].Name, there: &p.there.Recordings[i]}
			sum, err := p.there.sum(*e.there)
			if err != nil {
				return err
			}
			p.entries = append(p.entries, e)
			ofName[e.name] = e
			if first := ofSum[sum]; e.there.File != "" && first == nil {
				ofSum[sum] = e
			}
		}
	}
	if p.here == nil {
		return nil
	}
	var left []*exchange.Recording
	for i := range p.here.Recordings {
		mine := &p.here.Recordings[i]
		sum, err := p.here.sum(*mine)
		if err != nil {
			return err
		}
		namesake, same := ofName[mine.Name], (*entry)(nil)
		if mine.File != "" {
			same = ofSum[sum]
		}
		if namesake != nil && namesake.there.File != "" && mine.File != "" {
			if theirs, err := p.there.sum(*namesake.there); err != nil {
				return err
			} else if theirs == sum {
				same = namesake
			}
		}
		switch {
		case same != nil && same.here == nil:
			same.here = mine
		case namesake != nil && namesake.here == nil && namesake.there.File == "" && mine.File == "":
			namesake.here = mine // neither can be read
		default:
			left = append(left, mine)
		}
	}
	again := p.pulledAgain(left)
	for _, mine := range left {
		if again[mine] {
			continue
		}
		e := &entry{name: mine.Name, here: mine}
		if namesake := ofName[mine.Name]; namesake != nil && namesake.longer == nil {
			namesake.name, e.name = mine.Name+" ("+r.there.name+")", mine.Name+" ("+r.here.name+")"
		}
		p.entries = append(p.entries, e)
	}
	return nil
}

// sum is the hash of a recording's bytes, zero if it could not be read.
func (t *tested) sum(recording exchange.Recording) (sum [sha256.Size]byte, err error) {
	if recording.File == "" {
		return sum, nil
	}
	file, err := os.Open(filepath.Join(exchange.Recorded(t.in.exchange, t.ID), recording.File))
	if err != nil {
		return sum, err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return sum, err
	}
	return [sha256.Size]byte(hash.Sum(nil)), nil
}

// judge has the tests of the side judge their own recordings, and those that only the
// other side has.
func (r *run) judge(ctx context.Context, s *side, pairs []*pair) error {
	for _, in := range s.packages {
		request := exchange.Request{Phase: exchange.Judge, Sets: map[string][]exchange.Set{}}
		var asked []*tested
		for _, p := range pairs {
			mine, other := p.there, p.here
			if s == r.here {
				mine, other = p.here, p.there
			}
			if mine == nil || mine.in != in {
				continue
			}
			own, foreign := exchange.Set{Folder: exchange.Recorded(in.exchange, mine.ID)}, exchange.Set{}
			if other != nil {
				foreign.Folder = exchange.Recorded(other.in.exchange, other.ID)
			}
			for _, e := range p.entries {
				from, elsewhere := e.there, e.here
				if s == r.here {
					from, elsewhere = e.here, e.there
				}
				switch recording, mine := e.judged(from, elsewhere); {
				case recording.File == "":
				case mine:
					own.Only = append(own.Only, recording.Name)
				default:
					foreign.Only = append(foreign.Only, recording.Name)
				}
			}
			request.Sets[mine.ID] = []exchange.Set{own, foreign}
			asked = append(asked, mine)
		}
		if len(asked) == 0 {
			continue
		}
		said, err := r.execute(ctx, s, in, request)
		if err != nil {
			return err
		}
		for _, t := range asked {
			sets, err := exchange.ReadVerdicts(in.exchange, t.ID)
			if err != nil || len(sets) != 2 {
				return fmt.Errorf("in %s, %s of %s gave no verdicts in its second run: does it do the same each "+
					"time? It said:\n%s", s.title, t.Name, in.path, tail(said))
			}
			t.own, t.foreign = byName(sets[0]), byName(sets[1])
		}
	}
	return nil
}

func byName(rows []matrix.Row) map[string]matrix.Row {
	named := map[string]matrix.Row{}
	for _, row := range rows {
		named[row.Recording] = row
	}
	return named
}
