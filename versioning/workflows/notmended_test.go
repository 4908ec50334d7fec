package workflows_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/applied"
)

const (
	notMended       = "testdata/not-mended.golden"
	notMendedHeader = "# Every incompatible cell that no code of advice mends, by the reason; behind it a right stage " +
		"that mends it.\n# Written by go test ./versioning/workflows -run TestAdviceMends -apply 1 -update; do not edit.\n"
)

// requireListed compares with the golden file: what is known not to be mended stands in it, with the
// reason, and what is known to be mended does not. -update writes what is known.
func requireListed(t *testing.T, cells []*advised) {
	t.Helper()
	listed := readNotMended(t)
	want, got := map[string]string{}, map[string]string{}
	all := map[string]string{}
	for _, a := range cells {
		name := a.cell.String()
		if a.right != "" {
			name += " (" + a.right + ")"
		}
		reason := listed[name]
		if a.known {
			want[name], got[name] = reason, a.reason
			reason = a.reason
		}
		if reason != "" {
			all[name] = reason
		}
		delete(listed, name)
	}
	for name, reason := range listed {
		want[name] = reason // it is not incompatible any more
	}
	if *update {
		require.NoError(t, os.WriteFile(notMended, []byte(writeNotMended(all)), 0o644))
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s; go test ./versioning/workflows -run TestAdviceMends -apply 1 -update writes it (-want +got):\n%s",
			notMended, diff)
	}
}

// readNotMended reads the reasons of the golden file, by the names of the cells.
func readNotMended(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile(notMended)
	if *update && os.IsNotExist(err) {
		return map[string]string{}
	}
	require.NoError(t, err)
	reasons, reason := map[string]string{}, ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		switch name, indented := strings.CutPrefix(line, "\t"); {
		case indented:
			reasons[name] = reason
		case line != "" && !strings.HasPrefix(line, "#"):
			reason = line
		}
	}
	return reasons
}

func writeNotMended(reasons map[string]string) string {
	cells := map[string][]string{}
	for name, reason := range reasons {
		cells[reason] = append(cells[reason], name)
	}
	var text strings.Builder
	text.WriteString(notMendedHeader)
	for _, reason := range slices.Sorted(maps.Keys(cells)) {
		slices.Sort(cells[reason])
		fmt.Fprintf(&text, "\n%s\n\t%s\n", reason, strings.Join(cells[reason], "\n\t"))
	}
	return text.String()
}

// countOf is a table of what became of the cells.
func countOf(cells []*advised, chosen []applied.Edit, faults map[string]string) string {
	type count struct{ all, right int }
	counts := map[string]count{}
	add := func(of string, a *advised) {
		n := counts[of]
		n.all++
		if a.right != "" {
			n.right++
		}
		counts[of] = n
	}
	copies := map[string]bool{}
	for _, a := range cells {
		add("incompatible cells", a)
		if a.edit.ID != "" {
			add("with code for a file", a)
			copies[a.edit.ID] = true
		}
		kind, _, _ := strings.Cut(a.reason, ":")
		switch {
		case !a.known:
			add("not applied", a)
		case a.reason == "":
			add("mended", a)
			switch {
			case a.advice.Patch == nil:
				add("of these, by a registration", a)
			case a.advice.Patch.Sketch:
				add("of these, by a sketch", a)
			}
			if a.ends {
				add("of these, end by the version", a)
			}
		default:
			add(kind, a)
		}
	}
	var text strings.Builder
	table := tabwriter.NewWriter(&text, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(table, "\n\tcells\twith a right stage\t\n")
	for _, of := range []string{"incompatible cells", "with code for a file", "not applied", "mended",
		"of these, by a registration", "of these, by a sketch", "of these, end by the version", "no code", "a sketch", "does not apply", "does not compile", "still breaks"} {
		fmt.Fprintf(table, "%s\t%d\t%d\t\n", of, counts[of].all, counts[of].right)
	}
	table.Flush()
	return text.String() + fmt.Sprintf("%d distinct codes, %d applied, seed %d, %d of these compile", len(copies),
		len(chosen), *applySeed, len(chosen)-len(faults))
}
