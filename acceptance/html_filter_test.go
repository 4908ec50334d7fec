package acceptance

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// shown are the cells that the page shows and that have their colour.
const shown = `cells.filter(c => c.td.checkVisibility({contentVisibilityAuto: false}) && !c.td.classList.contains('off')).map(c => c.name)`

// TestPageFilters compares what the page shows with what the matrices say, after
// each filter is set as a person sets it, and once more from the address that the
// page has then.
func TestPageFilters(t *testing.T) {
	t.Parallel()
	matrices := explained(t, "patching", "activation", "deployments")
	all := cellsOf(matrices...)
	file := pageOf(t, matrices...)
	row := func(fits func(matrix.Cell) bool) func(matrix.Cell) bool {
		names := map[string]bool{}
		for _, c := range all {
			if fits(c) {
				names[c.Family+"/"+c.Recording] = true
			}
		}
		return func(c matrix.Cell) bool { return names[c.Family+"/"+c.Recording] }
	}
	typed := func(field, text string) string {
		return `(() => { const i = document.getElementById('` + field + `'); i.value = '` + text + `'; i.dispatchEvent(new Event('` +
			map[bool]string{true: "input", false: "change"}[field == "Find"] + `')) })()`
	}
	click := func(selector string) string { return `document.querySelector('` + selector + `').click()` }
	troubled := row(func(c matrix.Cell) bool { return trouble(matrices, c) })
	for _, tt := range []struct {
		name string
		do   []string
		want func(matrix.Cell) bool
		why  string
	}{
		{"none", nil, func(matrix.Cell) bool { return true }, "nothing is hidden at first"},
		{"family", []string{typed("Family", "activation")}, func(c matrix.Cell) bool { return c.Family == "activation" }, "one family"},
		{"stage", []string{typed("Stage", "initial")}, func(c matrix.Cell) bool { return c.Stage == "initial" }, "two families have such a stage"},
		{"family and stage", []string{typed("Family", "patching"), typed("Stage", "initial")},
			func(c matrix.Cell) bool { return c.Family == "patching" && c.Stage == "initial" }, "both apply"},
		{"verdict", []string{click("[data-verdict=version-removed]")}, func(c matrix.Cell) bool { return c.Verdict == replay.VersionRemoved }, "others in its rows lose their colour"},
		{"two verdicts", []string{click("[data-verdict=nondeterministic]"), click("[data-verdict=version-removed]")},
			func(c matrix.Cell) bool {
				return c.Verdict == replay.Nondeterministic || c.Verdict == replay.VersionRemoved
			}, "either"},
		{"problems", []string{click("#Problems")}, troubled, "whole rows, to see where it is still safe"},
		{"find", []string{typed("Find", "COMPLETED patched+patch")}, row(func(c matrix.Cell) bool {
			return strings.Contains(c.Recording, "patched+patch") && c.Family == "patching"
		}), "all words, in any case"},
		{"find in explanations", []string{typed("Find", "PrePatchActivity")}, row(func(c matrix.Cell) bool {
			says := advice.Explain(c.Result)
			return strings.Contains(says.What+says.Do, "PrePatchActivity")
		}), "an activity is what somebody knows"},
		{"reset", []string{click("#Problems"), typed("Stage", "initial"), typed("Find", "waiting"), click("[data-verdict=safe]"), click("[data-do=reset]")},
			func(matrix.Cell) bool { return true }, "everything is back"},
		{"nothing", []string{typed("Find", "no such recording")}, func(matrix.Cell) bool { return false }, "and the page says so"},
		{"stage of another family", []string{typed("Stage", "patch-complete"), typed("Family", "activation")},
			func(c matrix.Cell) bool { return c.Family == "activation" }, "a stage that the family has not would hide everything"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			p := open(t, file, 1280, 800)
			for _, do := range tt.do {
				p.run(do)
			}
			want := []string{}
			for _, c := range all {
				if tt.want(c) {
					want = append(want, c.String())
				}
			}
			slices.Sort(want) // the page has what is worst first
			if diff := cmp.Diff(want, sorted(eval[[]string](p, shown))); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
			require.Equal(t, len(want) == 0, eval[bool](p, `!$('Nothing').hidden`), "the page says when nothing fits")
			if n := len(want); n > 0 && n < len(all) {
				require.Contains(t, eval[string](p, `$('Status').textContent`), " of "+eval[string](p, `number(cells.length)`)+" cells")
			}
			_, fragment, _ := strings.Cut(eval[string](p, `location.href`), "#")
			again := open(t, file+"#"+fragment, 1280, 800)
			if diff := cmp.Diff(want, sorted(eval[[]string](again, shown))); diff != "" {
				t.Errorf("from the address #%s (-want +got):\n%s", fragment, diff)
			}
			p.innocent()
		})
	}
}

func sorted(names []string) []string {
	slices.Sort(names)
	return names
}

// trouble is whether somebody wants to look at the cell.
func trouble(matrices []*matrix.Matrix, c matrix.Cell) bool {
	for _, m := range matrices {
		if m.Family.Name != c.Family {
			continue
		}
		i := slices.IndexFunc(m.Rows, func(r matrix.Row) bool { return r.Recording == c.Recording })
		return c.Verdict.Incompatible() || c.Verdict == replay.Unjudged || c.ButLive() || len(m.Rows[i].Changes(c)) > 0
	}
	return false
}

// TestPageCounts compares the counts in the legend with the matrices: those of
// what the other filters leave.
func TestPageCounts(t *testing.T) {
	t.Parallel()
	matrices := explained(t, "patching", "activation")
	p := open(t, pageOf(t, matrices...)+"#?family=patching&verdict=safe", 1280, 800)
	counts := map[string]int{}
	for _, c := range cellsOf(matrices...) {
		if c.Family == "patching" {
			counts[string(c.Verdict)]++
		}
	}
	got := eval[map[string]int](p, `Object.fromEntries([...document.querySelectorAll('[data-verdict]')].map(b => [b.dataset.verdict, Number(b.querySelector('.count').textContent)]).filter(([, n]) => n))`)
	require.Equal(t, counts, got)
}
