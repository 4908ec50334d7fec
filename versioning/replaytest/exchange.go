package replaytest

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"sync"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
)

// exchanging is what RunT does where the environment names an exchange folder: the
// command against runs the test for its recordings and verdicts. Nothing is
// compared, no golden file is read or written, and there are no subtests.
func exchanging(t T, p Params, dir string) {
	t.Helper()
	request, err := exchange.ReadRequest(dir)
	if err != nil {
		t.Fatalf("%v", err)
		return
	}
	name := ""
	if named, ok := t.(interface{ Name() string }); ok {
		name = named.Name()
	}
	test := exchange.NewTest(calls.id(name, p.Family.Name), name, p.Family, p.Config)
	switch request.Phase {
	case exchange.Export:
		err = exchange.WriteTest(dir, test, p.Family, p.Recordings)
	case exchange.Judge:
		if err = judgeSets(t, p, dir, test, request); err == nil {
			err = explainAsked(t, p, dir, test, request)
		}
	default:
		err = fmt.Errorf("unknown phase %q", request.Phase)
	}
	if err != nil {
		t.Fatalf("exchanging recordings of %s with another tree: %v", p.Family.Name, err)
	}
}

func judgeSets(t T, p Params, dir string, test exchange.Test, request exchange.Request) error {
	sets, wanted := request.Sets[test.ID]
	if !wanted {
		return nil
	}
	opts := exchangeOptions(p, request)
	deployed := test.Deployed().Name
	var judged [][]matrix.Row
	for _, set := range sets {
		chosen := map[string]bool{}
		for _, name := range set.Only {
			chosen[name] = true
		}
		opts.Only = func(recording, stage string) bool {
			return chosen[recording] && (request.AllStages || stage == deployed)
		}
		// All recordings, since a rehearsal borrows what a signal has brought in another one.
		var sources []history.Source
		if len(chosen) > 0 {
			var err error
			if sources, err = history.Dir(os.DirFS(set.Folder), "."); err != nil {
				return err
			}
		}
		matrix.Order(p.Family, sources)
		m, err := matrix.Judge(t.Context(), p.Family, slices.Values(sources), &opts)
		if err != nil {
			return err
		}
		judged = append(judged, m.Rows)
	}
	return exchange.WriteVerdicts(dir, test.ID, judged)
}

// exchangeOptions are the same whether a cell is judged or explained.
func exchangeOptions(p Params, request exchange.Request) matrix.Options {
	opts := matrix.Options{Config: p.Config, Twice: true, Rehearse: cmp.Or(request.Rehearse, p.Rehearse), Memory: request.Memory}
	if request.Level != "" {
		opts.Level = request.Level
	}
	return opts
}

// calls tells apart the calls of RunT that a test makes for one family.
var calls numbering

type numbering struct {
	mu    sync.Mutex
	calls map[[2]string]int
}

func (n *numbering) id(test, family string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.calls == nil {
		n.calls = map[[2]string]int{}
	}
	key := [2]string{test, family}
	number := n.calls[key]
	n.calls[key]++
	return exchange.ID(test, family, number)
}
