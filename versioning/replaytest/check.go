package replaytest

import (
	"strings"
)

// check is the body of one cell's subtest. A cell fails in its own right if it runs alone, else the
// calling test has told of it.
func (r *run) check(t T, name string) {
	t.Helper()
	cell, judged := r.cells[name]
	groups := r.fails[name]
	switch {
	case !judged && r.stopped:
		skip(t, name+" was not judged: the calling test says why")
		return
	case !judged:
		t.Errorf("%s was not judged", name)
		return
	case len(groups) > 0 && len(r.selected) == 1:
		for _, g := range groups {
			message := r.message(cell, g)
			if g.isExplained() {
				message += r.explanation(t, cell)
			}
			t.Errorf("%s", message)
		}
	case len(groups) > 0:
		var says []string
		for _, g := range groups {
			says = append(says, r.short(cell, g))
		}
		if !r.shown[name] {
			why := "fails"
			if first := groups[0].first.Name(); first != name {
				why += " like " + first + " and is counted there"
			}
			skip(t, why+": "+strings.Join(says, "; "))
			return
		}
		t.Errorf("%s", strings.Join(says, "; "))
	}
	r.logNotes(t, cell)
}

// skip skips the subtest. A T that cannot, fails.
func skip(t T, why string) {
	t.Helper()
	if s, ok := t.(interface{ Skipf(string, ...any) }); ok {
		s.Skipf("%s", why)
		return
	}
	t.Errorf("%s", why)
}
