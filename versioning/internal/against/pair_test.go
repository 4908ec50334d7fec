package against

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// exporting makes a side of calls of replaytest.Run, each "PACKAGE TEST FAMILY" with its
// recordings by name.
func exporting(t *testing.T, name string, calls map[string]map[string]string) *side {
	t.Helper()
	s := &side{name: name, title: name}
	packages := map[string]*testPackage{}
	for _, call := range slices.Sorted(maps.Keys(calls)) {
		words := strings.Fields(call)
		p := packages[words[0]]
		if p == nil {
			p = &testPackage{path: words[0], exchange: t.TempDir()}
			packages[words[0]] = p
			s.packages = append(s.packages, p)
		}
		files := fstest.MapFS{}
		for recording, text := range calls[call] {
			files[recording+".json"] = &fstest.MapFile{Data: []byte(text)}
		}
		f := &versioning.Family{Name: words[2], Stages: []versioning.Stage{{Name: "today"}}}
		test := exchange.NewTest(exchange.ID(words[1], words[2], 0), words[1], f, replay.Config{})
		require.NoError(t, exchange.WriteTest(p.exchange, test, f, files))
	}
	for _, p := range s.packages {
		var err error
		p.tests, err = exchange.ReadTests(p.exchange)
		require.NoError(t, err)
	}
	return s
}

// ran is the history of a run with so many events.
func ran(run string, events int) string {
	kinds := []string{"Scheduled", "Started", "TimedOut"}
	text := `{"eventId":"1","eventTime":"2026-01-02T03:04:05Z","eventType":"EVENT_TYPE_WORKFLOW_EXECUTION_STARTED",` +
		`"workflowExecutionStartedEventAttributes":{"workflowType":{"name":"Order"},"workflowId":"order-1",` +
		`"originalExecutionRunId":"` + run + `","firstExecutionRunId":"` + run + `"}}`
	for i := 2; i <= events; i++ {
		kind := kinds[(i-2)%len(kinds)]
		text += fmt.Sprintf(`,{"eventId":"%d","eventTime":"2026-01-02T03:04:05Z","eventType":"WorkflowTask%s",`+
			`"workflowTask%sEventAttributes":{}}`, i, kind, kind)
	}
	return `{"events":[` + text + `]}`
}

func TestPair(t *testing.T) {
	t.Parallel()
	type calls = map[string]map[string]string
	for _, tt := range []struct {
		name        string
		there, here calls
		// want has for each pair its calls, and for each recording in which trees it is.
		want []string
		why  string
	}{
		{"the same", calls{"p TestA order": {"1": "x", "2": "y"}}, calls{"p TestA order": {"1": "x", "2": "y"}},
			[]string{"p TestA order | p TestA order", "1 both", "2 both"}, "each is judged once"},
		{"added and removed", calls{"p TestA order": {"1": "x", "2": "y"}},
			calls{"p TestA order": {"2": "y", "3": "z"}},
			[]string{"p TestA order | p TestA order", "1 main", "2 both", "3 work-tree"}, "none is lost"},
		{"recorded again", calls{"p TestA order": {"1": "x"}}, calls{"p TestA order": {"1": "new"}},
			[]string{"p TestA order | p TestA order", "1 (main) main", "1 (work-tree) work-tree"},
			"one name, two executions"},
		{"pulled again", calls{"p TestA order": {"1": ran("r1", 3)}}, calls{"p TestA order": {"1": ran("r1", 5)}},
			[]string{"p TestA order | p TestA order", "1 both"}, "the same run has gone on"},
		{"pulled again under another name", calls{"p TestA order": {"1": ran("r1", 3), "2": "y"}},
			calls{"p TestA order": {"new": ran("r1", 5), "2": "y"}},
			[]string{"p TestA order | p TestA order", "1 both", "2 both"}, "the run tells"},
		{"pulled earlier", calls{"p TestA order": {"1": ran("r1", 5)}}, calls{"p TestA order": {"1": ran("r1", 3)}},
			[]string{"p TestA order | p TestA order", "1 both"}, "the longer one holds both"},
		{"pulled again beside the first", calls{"p TestA order": {"1": ran("r1", 3)}},
			calls{"p TestA order": {"1": ran("r1", 3), "2": ran("r1", 5)}},
			[]string{"p TestA order | p TestA order", "1 both", "2 work-tree"}, "nothing is gone"},
		{"another run of the ID", calls{"p TestA order": {"1": ran("r1", 3)}}, calls{"p TestA order": {"1": ran("r2", 5)}},
			[]string{"p TestA order | p TestA order", "1 (main) main", "1 (work-tree) work-tree"}, "another execution"},
		{"another data of the run", calls{"p TestA order": {"1": ran("r1", 3)}},
			calls{"p TestA order": {"1": ran("r1", 3) + " "}},
			[]string{"p TestA order | p TestA order", "1 (main) main", "1 (work-tree) work-tree"},
			"none is longer: redacted since, perhaps"},
		{"renamed", calls{"p TestA order": {"1": "x"}}, calls{"p TestA order": {"one": "x"}},
			[]string{"p TestA order | p TestA order", "1 both"}, "the bytes are the same"},
		{"twice the same bytes", calls{"p TestA order": {"1": "x", "2": "x"}},
			calls{"p TestA order": {"1": "x", "2": "x"}},
			[]string{"p TestA order | p TestA order", "1 both", "2 both"}, "the names tell them apart"},
		{"swapped", calls{"p TestA order": {"1": "x", "2": "y"}}, calls{"p TestA order": {"1": "y", "2": "x"}},
			[]string{"p TestA order | p TestA order", "1 both", "2 both"}, "the bytes decide"},
		{"package moved", calls{"p TestA order": {"1": "x"}}, calls{"q TestA order": {"1": "x"}},
			[]string{"p TestA order | q TestA order", "1 both"}, "name and family are the same"},
		{"test renamed", calls{"p TestA order": {"1": "x"}}, calls{"p TestB order": {"1": "x"}},
			[]string{"p TestA order | p TestB order", "1 both"}, "there is one test of the family"},
		{"two tests of a family", calls{"p TestA order": {"1": "x"}, "p TestB order": {"2": "y"}},
			calls{"p TestA order": {"1": "x"}, "p TestB order": {"2": "y"}},
			[]string{"p TestA order | p TestA order", "1 both", "p TestB order | p TestB order", "2 both"},
			"the names tell them apart"},
		{"cannot be told", calls{"p TestA order": {"1": "x"}, "p TestB order": {"2": "y"}},
			calls{"p TestC order": {"1": "x"}, "p TestD order": {"2": "y"}},
			[]string{"p TestA order | ", "1 main", "p TestB order | ", "2 main", " | p TestC order", "1 work-tree",
				" | p TestD order", "2 work-tree"}, "nobody guesses"},
		{"gone and new", calls{"p TestA order": {"1": "x"}}, calls{"p TestB refund": {"1": "x"}},
			[]string{"p TestA order | ", "1 main", " | p TestB refund", "1 work-tree"}, "two families"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			r := &run{there: exporting(t, "main", tt.there), here: exporting(t, Here, tt.here)}
			pairs, err := r.pair()
			require.NoError(t, err)
			var got []string
			for _, p := range pairs {
				said := func(of *tested) string {
					if of == nil {
						return ""
					}
					return fmt.Sprintf("%s %s %s", of.in.path, of.Name, of.Family)
				}
				got = append(got, said(p.there)+" | "+said(p.here))
				for _, e := range p.entries {
					where := "both"
					if e.here == nil {
						where = "main"
					} else if e.there == nil {
						where = Here
					}
					got = append(got, e.name+" "+where)
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}
