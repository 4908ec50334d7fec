package replaytest_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

type verdicts = map[string]replay.Verdict

// TestWant compares the exact messages.
func TestWant(t *testing.T) {
	t.Parallel()
	two, odd := folder(t, "initial.completed", "patched.completed"),
		folder(t, "initial.completed=an export [1]", "patched.completed=b")
	const (
		breaks  = "patched.completed@initial"
		inCode  = "\nin the workflow code at patching/initial.go:19"
		live    = "\nbut no live Worker notices: as recorded"
		place   = "nondeterministic at event 7, patching/initial.go:19"
		correct = "\nif that is meant, correct Want"
		control = "\nwhat has to break does not break any more: look whether the recording still gets to the " +
			"change; if it is repaired, correct Want"
	)
	blind := finding("initial.completed@initial", ` got safe, query result answers "pre-patch"`+
		"\nwant nondeterministic, as Want says of \"*@initial\""+control, "got safe, want nondeterministic")
	damaged := fstest.MapFS{"initial.completed.json": two["initial.completed.json"],
		"damaged.json": {Data: []byte("<html>")}}
	for _, tt := range []struct {
		name       string
		recordings fs.FS
		golden     string
		wanted     verdicts
		selects    func(string) bool
		want       []string
		why        string
	}{
		{"control", two, "", verdicts{"patched.completed@initial": replay.Nondeterministic}, nil, nil,
			"it breaks, as it has to"},
		{"pattern", two, "", verdicts{"patched.*@initial": replay.Nondeterministic}, nil, nil, "a star is any text"},
		{"whole name first", two, "",
			verdicts{"*@initial": replay.Nondeterministic, "initial.completed@initial": replay.Safe}, nil, nil,
			"an exception to the pattern"},
		{"patterns agree", two, "",
			verdicts{"patched.*@initial": replay.Nondeterministic, "patched*": replay.Nondeterministic,
				"patched.completed@patched": replay.Safe}, nil, nil,
			"one would be enough"},
		{"another kind", two, "", verdicts{"patched.completed@initial": replay.Drift}, nil, finding(breaks,
			" got nondeterministic at event 7: "+broken+
				"\nwant drift, as Want says of \"patched.completed@initial\""+correct+inCode+live,
			"got "+place+", want drift"), "a control that breaks in another way is another control"},
		{"breaks", two, "", verdicts{"*": replay.Safe}, nil, finding(breaks,
			" got nondeterministic at event 7: "+broken+"\nwant safe, as Want says of \"*\""+correct+inCode+live,
			"got "+place+", want safe"), "who says safe gets the place and the line"},
		{"control does not break", two, "", verdicts{"*@initial": replay.Nondeterministic}, nil, blind, "a control that is blind proves nothing"},
		{"not named", two, "", verdicts{"initial.completed@initial": replay.Safe}, nil, finding(breaks,
			"nondeterministic at event 7: "+broken+inCode+live, place), "the others have to be safe, as ever"},
		{"unjudged", damaged, "", verdicts{"damaged@*": replay.Unjudged}, nil, nil,
			"a file that is known to be damaged"},
		{"unjudged is not the control", damaged, "", verdicts{"damaged@*": replay.Drift}, nil, []string{
			"Test: finding 1 of 1: 2 cells of 1 recording: damaged@initial, damaged@patched\n got unjudged: REASON",
			"damaged@initial: finding 1, told above: unjudged: REASON",
			"damaged@patched: finding 1, told above: unjudged: REASON",
		}, "what could not be judged has not broken"},

		{"brackets", odd, "", verdicts{"an export [1]@patched": replay.Safe, "b@initial": replay.Nondeterministic}, nil,
			nil, "a browser makes such names"},
		{"brackets are no class", odd, "",
			verdicts{"an export [12]@*": replay.Safe, "b@initial": replay.Nondeterministic}, nil, []string{
				`Test: Want names "an export [12]@*", and no cell is called so: correct the name, or delete the key; a cell is RECORDING@STAGE, such as an export [1]@initial`,
			}, "nothing but the star has a meaning"},
		{"misspelt", two, "",
			verdicts{"patched.complete@initial": replay.Nondeterministic, "*@v1": replay.Safe,
				"*@initial": replay.Nondeterministic}, nil, append([]string{
				`Test: Want names "*@v1", "patched.complete@initial", and no cell is called so: correct the name, or delete the key; a cell is RECORDING@STAGE, such as initial.completed@initial`,
			}, blind...), "it would never be looked at"},
		{"misspelt, of a part", two, "", verdicts{"patched.complete@initial": replay.Nondeterministic},
			func(name string) bool { return name == "initial.completed@initial" }, nil,
			"who runs one cell is not told of the others"},
		{"part", two, "", verdicts{"*@initial": replay.Nondeterministic},
			func(name string) bool { return name == "patched.completed@initial" }, nil, "one control alone"},

		{"no verdict", two, "", verdicts{"*@initial": "broken"}, nil, []string{
			`Test: FATAL the verdict wanted of "*@initial": unknown verdict "broken": the verdicts are safe, drift, nondeterministic, undecodable, version-removed, version-unknown, unregistered, not-applicable, panic, unstable, unstarted, unjudged`,
		}, "a misspelt one would fail each cell"},
		{"empty verdict", two, "", verdicts{"*@initial": ""}, nil, []string{
			`Test: FATAL the verdict wanted of "*@initial": unknown verdict "": the verdicts are safe, drift, nondeterministic, undecodable, version-removed, version-unknown, unregistered, not-applicable, panic, unstable, unstarted, unjudged`,
		}, "a key without a value"},
		{"contradiction", two, "", verdicts{"*@initial": replay.Safe, "patched.*": replay.Nondeterministic}, nil,
			[]string{
				`Test: FATAL the verdicts wanted of patched.completed@initial are both safe ("*@initial") and nondeterministic ("patched.*"): give the cell a key of its own in Params.Want`,
			}, "nobody can tell which one is meant"},

		{"golden too", two, goldenText, verdicts{"patched.completed@initial": replay.Nondeterministic}, nil, nil,
			"both hold"},
		{"golden says otherwise", two, strings.Replace(goldenText, brokenLine, "safe", 1),
			verdicts{"patched.completed@initial": replay.Nondeterministic}, nil, differs("1 cell changed its verdict",
				finding(breaks, "the verdict changed from safe to nondeterministic\n got "+brokenLine+"\nwant safe\n"+
					broken+inCode+live, "got "+brokenLine+", want safe")...), "Want does not excuse from the golden"},
		{"golden agrees, Want does not", two, goldenText, verdicts{"*@initial": replay.Nondeterministic}, nil, blind, "nor the golden from Want"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			p := replaytest.Params{Family: small, Recordings: tt.recordings, Want: tt.wanted}
			if tt.golden != "" {
				p.Golden = goldenFile(t, tt.golden)
			}
			got, _ := run(t.Context(), p, tt.selects)
			for i := range got {
				got[i] = strings.Replace(abridge(got[i]), "got unjudged: recording", "got unjudged: REASON", 1)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\nmessages (-want +got):\n%s\n%s", tt.why, diff, join(got))
			}
		})
	}
}

// TestWantOutlivesUpdate is why Want and a golden file can be wanted both: the flag
// that rewrites the file changes nothing about Want.
func TestWantOutlivesUpdate(t *testing.T) {
	t.Parallel()
	p := replaytest.Params{
		Family: small, Recordings: folder(t, "initial.completed", "patched.completed"),
		Golden: goldenFile(t, ""), Update: true, Want: verdicts{"*@initial": replay.Nondeterministic},
	}
	messages, _ := run(t.Context(), p, nil)
	require.Len(t, messages, 2, "of the test, and of the cell")
	require.Contains(t, messages[0], `finding 1 of 1: initial.completed@initial`+"\n"+` got safe, query result answers "pre-patch"`)
	data, err := os.ReadFile(p.Golden)
	require.NoError(t, err)
	require.Equal(t, goldenText, string(data), "the file has what is")
}

// TestWantReal is ExampleRun_want on the recordings that there are.
func TestWantReal(t *testing.T) {
	t.Parallel()
	messages, subtests := run(t.Context(), replaytest.Params{
		Family:     patching.Family,
		Recordings: os.DirFS("../../histories/patching"),
		Want: verdicts{
			"patched*@initial":             replay.Nondeterministic,
			"patch-*@initial":              replay.Nondeterministic,
			"initial*@patch-deprecated":    replay.VersionRemoved,
			"initial*@patch-complete":      replay.Nondeterministic,
			"patch-complete.*@patched":     replay.Nondeterministic,
			"patch-complete.*@*deprecated": replay.VersionRemoved,
		},
	}, nil)
	require.Empty(t, messages)
	require.Greater(t, len(subtests), 70)
}

// TestConfig is about what of the Config a test can get wrong, and that the rest gets to the
// replays.
func TestConfig(t *testing.T) {
	t.Parallel()
	rules := []compare.Allow{{Path: "TimerStarted.*", Reason: "the deadline is longer now"}}
	const unneeded = "Test: no difference needs the allow rule TimerStarted.*: remove it, or spell the path as " +
		"the report does"
	for _, tt := range []struct {
		name   string
		config replay.Config
		want   []string
		why    string
	}{
		{"rule", replay.Config{Allow: rules}, []string{unneeded}, "it gets to the replays"},
		{"rule at a level", replay.Config{Allow: rules, Level: compare.Commands}, nil,
			"where values are not compared, nothing can need it"},
		{"no level", replay.Config{Level: "deep"}, []string{
			`Test: FATAL unknown level "deep": the levels are commands, shape, values`}, "before anything is replayed"},
		{"no reason", replay.Config{Allow: []compare.Allow{{Path: "TimerStarted.*"}}}, []string{
			"Test: FATAL allow rule TimerStarted.* without a reason: say why the difference is wanted",
		}, "the reason is for the reader"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			p := replaytest.Params{Family: small, Recordings: folder(t, "initial.completed"), Config: tt.config}
			got, _ := run(t.Context(), p, nil)
			require.Equal(t, tt.want, got, tt.why)
		})
	}
}
