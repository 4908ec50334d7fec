package record

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

// TestSweptName gives every change ID a name that files can have, of its own.
func TestSweptName(t *testing.T) {
	t.Parallel()
	names := map[string]string{}
	for _, tt := range []struct {
		changeID string
		version  int
		want     string
		why      string
	}{
		{"my-patch", 1, "--my-patch--v1", "most change IDs are fine as they are"},
		{"my-patch", -1, "--my-patch--default", "-1 is workflow.DefaultVersion"},
		{"my-patch", -2, "--my-patch--v-2", "nobody does, and it is not version 2"},
		{"2", 20260131, "--2--v20260131", "a date"},
		{"Step 1", 1, "--step-1--25a8d45469--v1", "a space and a capital"},
		{"step 1", 1, "--step-1--9a2deff46a--v1", "they differ in the hash"},
		{"step-1", 1, "--step-1--v1", "and this one has none"},
		{"../../etc/passwd", 1, "--etc-passwd--3754d6cb3a--v1", "no slash and no dot"},
		{"é", 1, "--4a99557e40--v1", "nothing is left of it but the hash"},
		{"", 1, "--e3b0c44298--v1", "the SDK allows it"},
		{"a--b", 1, "--a-b--90827a2e56--v1", "two hyphens are ours"},
		{strings.Repeat("x", 300), 1, "--" + strings.Repeat("x", 40) + "--0d4e2ca9e9--v1", "a file name is short"},
	} {
		got := sweptName(tt.changeID, tt.version)
		require.Equal(t, tt.want, got, tt.why)
		require.Empty(t, names[got], tt.why)
		names[got] = tt.changeID

		path := filepath.Join(t.TempDir(), "today.completed"+got+".json")
		require.NoError(t, os.WriteFile(path, nil, 0o644), "a file can have the name")
		r, err := decoded(t, "today.completed"+got)
		require.NoError(t, err)
		require.Equal(t, []string{"today"}, r.Lineage, "a file without metadata still says whose it is: %s", got)
	}
}

// decoded is a recording without metadata under that name.
func decoded(t *testing.T, name string) (*history.Recording, error) {
	t.Helper()
	data, err := os.ReadFile("../../histories/patching/initial.completed.json")
	require.NoError(t, err)
	_, events, _ := strings.Cut(string(data), `"events":`)
	return history.Decode(name+".json", []byte(`{"events":`+events))
}

// TestVersions is about what is tried of a range.
func TestVersions(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		named    []int
		earlier  []asked
		min, max int
		want     []int
		why      string
	}{
		{"two branches", nil, nil, -1, 1, []int{-1, 1}, "there is no version 0 where counting begins with 1"},
		{"counts from 0", nil, nil, -1, 0, []int{-1, 0}, "here there is"},
		{"0 is named", []int{0}, nil, -1, 1, []int{-1, 0, 1}, "somebody says so"},
		{"counted from 0", nil, []asked{{min: -1, max: 0}}, -1, 2, []int{-1, 0, 1, 2}, "an earlier stage ended with 0"},
		{"a minimum", nil, nil, 2, 4, []int{2, 3, 4}, "the old branches are gone"},
		{"one", nil, nil, 3, 3, []int{3}, "nothing to choose"},
		{"sixteen", nil, nil, 1, 16, []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16},
			"that many are tried"},
		{"seventeen", nil, nil, 1, 17, []int{1, 17}, "more are not"},
		{"dates", nil, nil, -1, 20260131, []int{-1, 20260131}, "nobody records twenty million versions"},
		{"dates with releases", []int{20250401, 3, 20270101}, []asked{{min: 1, max: 20250101, version: 20250101}}, -1,
			20260131,
			[]int{-1, 1, 3, 20250101, 20250401, 20260131},
			"what an earlier stage or the caller names, as far as it is in the range"},
		{"all numbers", nil, nil, math.MinInt, math.MaxInt, []int{math.MinInt, -1, math.MaxInt},
			"their number is no int"},
		{"the last numbers", nil, nil, math.MaxInt - 1, math.MaxInt, []int{math.MaxInt - 1, math.MaxInt},
			"counting must end"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			k := newKnown(map[string][]int{"id": tt.named})
			for _, e := range tt.earlier {
				e.changeID = "id"
				k.see(e)
			}
			call := asked{changeID: "id", min: tt.min, max: tt.max, version: tt.max}
			k.see(call)
			require.Equal(t, tt.want, k.versions(call), tt.why)
		})
	}
}

// code is a workflow as a tree sees it: what it asks for, given what is preferred.
type code func(get func(changeID string, min, max int) int) error

// sweepOf grows a tree on the code, and returns what was tried and what became of
// it.
func sweepOf(t *testing.T, runs int, named map[string][]int, run code) (tried, branches []string, err error) {
	t.Helper()
	k := newKnown(named)
	tr := newTree(k, runs)
	err = tr.grow(func(a attempt) (string, []asked, error) {
		name := "x" + sweptName(a.changeID, a.version)
		if a.changeID == "" {
			name = "x"
		}
		line := name
		if others := a.others(); len(others) > 0 {
			line += " with " + preferred(others)
		}
		tried = append(tried, line)
		got, list := map[string]int{}, []asked(nil)
		err := run(func(changeID string, low, high int) int {
			if v, ok := got[changeID]; ok {
				return v
			}
			version := high
			if v, ok := a.prefer[changeID]; ok && low <= v && v <= high {
				version = v
			}
			got[changeID] = version
			list = append(list, asked{changeID: changeID, min: low, max: high, version: version})
			return version
		})
		if err == nil && a.changeID != "" && got[a.changeID] != a.version {
			err = &NotTakenError{ChangeID: a.changeID, Version: a.version, Others: a.others()}
		}
		if err != nil && a.changeID != "" {
			err = &impossibleError{err}
		}
		return name, list, err
	})
	for _, b := range tr.branches() {
		b.Stage, b.Scenario = "s", "x"
		branches = append(branches, strings.TrimPrefix(b.String(), "s.x "))
	}
	return tried, branches, err
}

// TestTree is about the order of attempts, and about their end.
func TestTree(t *testing.T) {
	t.Parallel()
	refused := errors.New("refused")
	for _, tt := range []struct {
		name     string
		runs     int
		named    map[string][]int
		code     code
		tried    []string
		branches []string
		why      string
	}{
		{"no calls", 100, nil, func(func(string, int, int) int) error { return nil }, []string{"x"}, nil,
			"one execution, as ever"},
		{"one call", 100, nil, func(get func(string, int, int) int) error { get("a", -1, 2); return nil },
			[]string{"x", "x--a--default", "x--a--v1"},
			[]string{`"a" DefaultVersion: recorded in x--a--default`, `"a" version 1: recorded in x--a--v1`,
				`"a" version 2: recorded in x`},
			"the newest version is the one that nobody has to prefer"},
		{"two calls", 100, nil,
			func(get func(string, int, int) int) error { get("a", -1, 1); get("b", 1, 2); return nil },
			[]string{"x", "x--a--default", "x--b--v1"},
			[]string{`"a" DefaultVersion: recorded in x--a--default`, `"a" version 1: recorded in x`,
				`"b" version 1: recorded in x--b--v1`, `"b" version 2: recorded in x`},
			"branches, not their combinations"},
		{"nested", 100, nil, func(get func(string, int, int) int) error {
			if get("a", -1, 1) == -1 && get("b", -1, 1) == -1 {
				get("c", 1, 2)
			}
			return nil
		},
			[]string{"x", "x--a--default", `x--b--default with "a" at DefaultVersion`,
				`x--c--v1 with "a" at DefaultVersion, "b" at DefaultVersion`},
			[]string{
				`"a" DefaultVersion: recorded in x--a--default`, `"a" version 1: recorded in x`,
				`"b" DefaultVersion: recorded in x--b--default`, `"b" version 1: recorded in x--a--default`,
				`"c" version 1: recorded in x--c--v1`, `"c" version 2: recorded in x--b--default`,
			}, "a change ID that only an old branch asks for"},
		{"taken by the way", 100, nil, func(get func(string, int, int) int) error {
			if get("a", 1, 2) == 1 {
				get("b", -1, 1)
			} else {
				get("b", -1, 3)
			}
			return nil
		},
			[]string{"x", "x--a--v1", "x--b--default", "x--b--v2"},
			[]string{
				`"a" version 1: recorded in x--a--v1`, `"a" version 2: recorded in x`,
				`"b" DefaultVersion: recorded in x--b--default`, `"b" version 1: recorded in x--a--v1`,
				`"b" version 2: recorded in x--b--v2`, `"b" version 3: recorded in x`,
			}, "what another attempt has recorded is not tried again"},
		{"fails", 100, nil, func(get func(string, int, int) int) error {
			if get("a", -1, 2) == 1 {
				return refused
			}
			get("b", 1, 1)
			return nil
		},
			[]string{"x", "x--a--default", "x--a--v1"},
			[]string{`"a" DefaultVersion: recorded in x--a--default`, `"a" version 1: not recorded: refused`,
				`"a" version 2: recorded in x`, `"b" version 1: recorded in x`},
			"the others are recorded"},
		{"by chance", 100, nil, func() code {
			times := 0
			return func(get func(string, int, int) int) error {
				if times++; times == 1 {
					get("a", 1, 2)
				}
				return nil
			}
		}(),
			[]string{"x", "x--a--v1"},
			[]string{`"a" version 1: not recorded: this time the code did not ask for "a": what leads there depends on time or on chance`, `"a" version 2: recorded in x`},
			"a run that does not get there proves nothing"},
		{"dates", 100, map[string][]int{"a": {20250101}},
			func(get func(string, int, int) int) error { get("a", -1, 20260131); return nil },
			[]string{"x", "x--a--default", "x--a--v20250101"},
			[]string{
				`"a" DefaultVersion: recorded in x--a--default`,
				`"a" version 1 to version 20250100: not recorded: not tried, since the range is long and no call begins or ends there: name the versions that matter in SweepOptions.Versions`,
				`"a" version 20250101: recorded in x--a--v20250101`,
				`"a" version 20250102 to version 20260130: not recorded: not tried, since the range is long and no call begins or ends there: name the versions that matter in SweepOptions.Versions`,
				`"a" version 20260131: recorded in x`,
			}, "gaps are told, not tried"},
		{"an ID for each item", 4, nil, func() code {
			return func(get func(string, int, int) int) error {
				for i := range 100 {
					if get(fmt.Sprintf("item-%d", i), -1, 1) == 1 {
						break
					}
				}
				return nil
			}
		}(),
			[]string{"x", "x--item-0--default", `x--item-1--default with "item-0" at DefaultVersion`,
				`x--item-2--default with "item-0" at DefaultVersion, "item-1" at DefaultVersion`},
			[]string{
				`"item-0" DefaultVersion: recorded in x--item-0--default`, `"item-0" version 1: recorded in x`,
				`"item-1" DefaultVersion: recorded in x--item-1--default`,
				`"item-1" version 1: recorded in x--item-0--default`,
				`"item-2" DefaultVersion: recorded in x--item-2--default`,
				`"item-2" version 1: recorded in x--item-1--default`,
				`"item-3" DefaultVersion: not recorded: not tried, since SweepOptions.Runs are used up: allow more`,
				`"item-3" version 1: recorded in x--item-2--default`,
			}, "change IDs can have no end"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tried, branches, err := sweepOf(t, tt.runs, tt.named, tt.code)
			require.NoError(t, err)
			if diff := cmp.Diff(tt.tried, tried); diff != "" {
				t.Errorf("%s\ntried (-want +got):\n%s", tt.why, diff)
			}
			if diff := cmp.Diff(tt.branches, branches); diff != "" {
				t.Errorf("%s\nbranches (-want +got):\n%s", tt.why, diff)
			}
		})
	}

	t.Run("nothing recorded", func(t *testing.T) {
		t.Parallel()
		tried, branches, err := sweepOf(t, 100, nil, func(func(string, int, int) int) error { return refused })
		require.ErrorIs(t, err, refused, "the first execution has to be possible")
		require.Equal(t, []string{"x"}, tried)
		require.Empty(t, branches)
	})
}

// TestUnasked is about a name that is misspelt.
func TestUnasked(t *testing.T) {
	t.Parallel()
	k := newKnown(map[string][]int{"pathc": {1}})
	k.see(asked{changeID: "patch", min: -1, max: 1, version: 1})
	require.EqualError(t, k.unasked(),
		`SweepOptions.Versions names "pathc", and no execution has asked for it: the change IDs are ["patch"]`)

	k = newKnown(map[string][]int{"rates": {20250601, 20251301}})
	k.see(asked{changeID: "rates", min: 1, max: 20250101, version: 20250101})
	k.see(asked{changeID: "rates", min: 1, max: 20250701, version: 20250701})
	require.EqualError(t, k.unasked(),
		`SweepOptions.Versions names version 20251301 of "rates", and no execution has asked for a range that has it`)
	k.see(asked{changeID: "rates", min: 1, max: 20260131, version: 20260131})
	require.NoError(t, k.unasked())
}
