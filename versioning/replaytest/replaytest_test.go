package replaytest_test

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// small is patching with its first two stages.
var small = &versioning.Family{
	Name:          "small",
	Doc:           "The first two stages of patching.",
	WorkflowTypes: []string{patching.WorkflowType},
	Stages:        patching.Family.Stages[:2],
	Scenarios:     patching.Family.Scenarios,
}

const (
	header = "# small: every recording replayed by every stage. Written by go test with -update; do not edit.\n"

	goldenText = header + `
initial.completed@initial  safe, query result answers "pre-patch"
initial.completed@patched  safe, query result answers "pre-patch"

patched.completed@initial  ` + brokenLine + `
patched.completed@patched  safe, query result answers "post-patch"
`
	brokenLine = "nondeterministic @7 call-renamed ActivityTaskScheduled (PostPatchActivity) -> ExecuteActivity " +
		"PrePatchActivity [older-code]"
	broken = `history has ActivityTaskScheduled (PostPatchActivity), code calls ExecuteActivity PrePatchActivity: ` +
		`this code is older than the execution; do not roll back to it while such executions are open`

	updateHint = "run the test with its update flag, then read the diff"
	meant      = "\nif the change is meant, " + updateHint
)

// finding is what is said of a finding of one cell: by the calling test, and by the cell's subtest.
func finding(cell, message, short string) []string {
	return []string{"Test: finding 1 of 1: " + cell + "\n" + message, cell + ": finding 1, told above: " + short}
}

// differs is what is said of a golden file, and then the rest.
func differs(how string, rest ...string) []string {
	return append([]string{"Test: small.matrix differs from the replays: " + how + meant}, rest...)
}

// folder holds copies of real recordings, under other names where they are given
// as "file=name".
func folder(t testing.TB, recordings ...string) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{"README.md": {Data: []byte("not a recording")}}
	for _, r := range recordings {
		file, name, renamed := strings.Cut(r, "=")
		if !renamed {
			name = file
		}
		data, err := os.ReadFile("../../histories/patching/" + file + ".json")
		require.NoError(t, err)
		fsys[name+".json"] = &fstest.MapFile{Data: data}
	}
	return fsys
}

// begun is a folder with the recording of an execution that no worker has seen.
func begun(t testing.TB) fstest.MapFS {
	t.Helper()
	r, err := history.ReadFile(folder(t, "initial.completed"), "initial.completed.json")
	require.NoError(t, err)
	r.History.Events = r.History.Events[:2]
	data, err := history.Encode(r)
	require.NoError(t, err)
	return fstest.MapFS{"begun.json": {Data: data}}
}

// both has the files of both folders.
func both(one fstest.MapFS, other fs.FS) fs.FS {
	all := maps.Clone(one)
	entries, _ := fs.ReadDir(other, ".")
	for _, entry := range entries {
		data, _ := fs.ReadFile(other, entry.Name())
		all[entry.Name()] = &fstest.MapFile{Data: data}
	}
	return all
}

func goldenFile(t testing.TB, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "small.matrix")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return path
}

// TestTheTest compares the exact messages: they are what a user of the package
// gets to see.
func TestTheTest(t *testing.T) {
	t.Parallel()
	two := folder(t, "initial.completed", "patched.completed")
	unstarted := versioning.Family{Name: "small", Doc: "x", WorkflowTypes: []string{"Other", patching.WorkflowType},
		Stages: []versioning.Stage{other}}
	for _, tt := range []struct {
		name       string
		family     *versioning.Family
		recordings fs.FS
		golden     string // "" for none, "-" for one that is not there
		want       []string
		why        string
	}{
		{"sound", small, two, goldenText, nil, "nothing changed, nothing is said"},
		{"windows", small, two, strings.ReplaceAll(goldenText, "\n", "\r\n"), nil,
			"git makes CRLF of it on some machines"},
		{"realigned", small, two, strings.ReplaceAll(goldenText, "@patched  ", "@patched        "), nil,
			"a longer name realigns all lines"},

		{"verdict changed", small, two,
			strings.Replace(goldenText, `initial.completed@patched  safe, query result answers "pre-patch"`,
				"initial.completed@patched  version-removed @4 x", 1),
			differs("1 cell changed its verdict", finding("initial.completed@patched",
				"the verdict changed from version-removed to safe\n got safe, query result answers \"pre-patch\"\nwant "+
					"version-removed @4 x\n"+updateHint,
				`got safe, query result answers "pre-patch", want version-removed @4 x`)...),
			"both verdicts are named"},
		{"verdict got worse", small, two, strings.Replace(goldenText, brokenLine, "safe", 1),
			differs("1 cell changed its verdict", finding("patched.completed@initial",
				"the verdict changed from safe to nondeterministic\n got "+brokenLine+"\nwant safe\n"+broken+
					"\nin the workflow code at patching/initial.go:19\nbut no live Worker notices: as recorded",
				"got "+brokenLine+", want safe")...),
			"the SDK's own words are the start of a search"},
		{"detail changed", small, two, strings.Replace(goldenText, "@7", "@8", 1),
			differs("1 cell says something else", finding("patched.completed@initial",
				"the verdict is the same, what it says is not\n got "+brokenLine+"\nwant "+
					strings.Replace(brokenLine, "@7", "@8", 1)+"\n"+updateHint,
				"got "+brokenLine+", want "+strings.Replace(brokenLine, "@7", "@8", 1))...),
			"a new event or cause is a change to look at, not a new verdict"},
		{"cell missing", small, two, strings.Replace(goldenText, "patched.completed@patched  safe, query result "+
			"answers \"post-patch\"\n", "", 1),
			differs("1 cell is new", finding("patched.completed@patched",
				"got safe, query result answers \"post-patch\"\nsmall.matrix does not have this cell: "+updateHint,
				`got safe, query result answers "post-patch", which small.matrix does not have`)...),
			"a new recording needs a verdict that somebody has read"},
		{"cells missing", small, two, strings.Replace(goldenText, "patched.completed@patched  safe, query result "+
			"answers \"post-patch\"\n", "", 1)[:len(header)+1],
			differs("4 cells are new",
				"Test: finding 1 of 2: patched.completed@initial\ngot "+brokenLine+"\nsmall.matrix does not have this "+
					"cell: "+updateHint+"\nbut no live Worker notices: as recorded",
				"Test: finding 2 of 2: 3 cells of 2 recordings, none open: initial.completed@initial, "+
					"initial.completed@patched, patched.completed@patched\ngot safe, query result answers "+
					"\"pre-patch\"\nsmall.matrix does not have these cells: "+updateHint,
				`initial.completed@initial: finding 2, told above: got safe, query result answers "pre-patch", which small.matrix does not have`,
				`initial.completed@patched: finding 2, told above: got safe, query result answers "pre-patch", which small.matrix does not have`,
				"patched.completed@initial: finding 1, told above: got "+brokenLine+", which small.matrix does not have",
				`patched.completed@patched: finding 2, told above: got safe, query result answers "post-patch", which small.matrix does not have`),
			"what breaks comes first, and the others have one reason"},
		{"cell too many", small, two, goldenText + "patched.failed@patched  safe\n",
			differs("1 cell is gone: patched.failed@patched"), "a recording was deleted, and with it what it proved"},
		{"cells too many", small, two, goldenText + "d@patched  safe\nc@patched  safe\nb@patched  safe\na@patched  safe\n",
			differs("4 cells are gone: a@patched, b@patched, c@patched and 1 more"), "a few are named"},
		{"golden missing", small, two, "-", []string{
			"Test: FATAL the golden file small.matrix does not exist yet: " + updateHint,
		}, "the first run says how to make it"},
		{"golden malformed", small, two, goldenText + "<<<<<<< HEAD\n", []string{
			`Test: FATAL small.matrix:8: want RECORDING@STAGE VERDICT, got "<<<<<<< HEAD": ` + updateHint,
		}, "a merge conflict"},
		{"golden twice", small, two, goldenText + "patched.completed@patched  panic\n", []string{
			`Test: FATAL small.matrix:8: patched.completed@patched is there twice: ` + updateHint,
		}, "the other half of a merge"},

		{"no golden", small, folder(t, "initial.completed"), "", nil, "every cell is safe"},
		{"no golden, incompatible", small, two, "", finding("patched.completed@initial",
			"nondeterministic at event 7: "+broken+"\nin the workflow code at patching/initial.go:19\nbut no live Worker notices: as recorded",
			"nondeterministic at event 7, patching/initial.go:19"), "without expectations, nothing may break"},
		{"no golden, unjudged", small, fstest.MapFS{"initial.completed.json": {Data: []byte("<html>")}}, "", []string{
			"Test: finding 1 of 1: 2 cells of 1 recording: initial.completed@initial, initial.completed@patched\n" +
				"unjudged: REASON",
			"initial.completed@initial: finding 1, told above: unjudged: REASON",
			"initial.completed@patched: finding 1, told above: unjudged: REASON",
		}, "what could not be judged has not passed"},
		{"no golden, not begun", &unstarted, begun(t), "", []string{
			`begun@other: unregistered at event 1: workflow type "PatchingWorkflow" is not registered, only Other: keep it registered while such executions are open`,
		}, "there is no update flag to point to, and the SDK was not asked"},
		{"none has begun", small, begun(t), "", []string{
			"Test: nothing is proven of small: no recording of an execution that has begun: in the only one no " +
				"Workflow Task has completed, and that the code can begin them proves nothing; record or download " +
				"some that have run",
		}, "nothing to check is a mistake"},
		{"one has begun", small, both(begun(t), folder(t, "initial.completed")), "", nil, "the others are no fault"},
		{"no golden, other type", &unstarted, folder(t, "initial.completed"), "", []string{
			`initial.completed@other: unregistered at event 1: workflow type "PatchingWorkflow" is not registered, only Other: keep it registered while such executions are open` +
				"\nthe SDK says: SDK",
		}, "any incompatible verdict counts"},

		{"no recordings", small, fstest.MapFS{"README.md": {}}, goldenText, []string{
			"Test: FATAL no recordings of small: listing recordings in .: no recordings: expected files that end " +
				"in .json, .json.gz, .pb, .binpb or .pb.gz; save the Event History of an execution of " +
				"PatchingWorkflow as NAME.json there, with: temporal workflow show --workflow-id ID --output json",
		}, "nothing to check is a mistake"},
		{"folder above", small, fstest.MapFS{"small/initial.completed.json": {}}, goldenText, []string{
			"Test: FATAL no recordings of small: listing recordings in .: no recordings: expected files that end " +
				"in .json, .json.gz, .pb, .binpb or .pb.gz: it has a folder small; give that one",
		}, "the folder of all families, as the command has it"},
		{"file of that name", small, fstest.MapFS{"small": {}}, "", []string{
			"Test: finding 1 of 1: 2 cells of 1 recording: small@initial, small@patched\nunjudged: REASON",
			"small@initial: finding 1, told above: unjudged: REASON",
			"small@patched: finding 1, told above: unjudged: REASON",
		}, "it is no folder to give, but a download that failed"},
		{"no folder", small, os.DirFS(filepath.Join(t.TempDir(), "nowhere")), goldenText, []string{
			"Test: FATAL no recordings of small: listing recordings in .: open .: no such file or directory" +
				"; save the Event History of an execution of PatchingWorkflow as NAME.json (in the folder of this " +
				"test), with: temporal workflow show --workflow-id ID --output json",
		}, "a misspelt path"},
		{"no family", nil, two, goldenText, []string{"Test: FATAL replaytest needs a Family and its Recordings"},
			"a zero Params"},
		{"nil recordings", small, nil, goldenText, []string{"Test: FATAL replaytest needs a Family and its Recordings"},
			"half a Params"},
		{"invalid family", &versioning.Family{Name: "small", Doc: "x", WorkflowTypes: []string{"x"}}, two, goldenText,
			[]string{
				`Test: FATAL family "small": has no stages`,
			}, "before anything is replayed"},

		{"names with spaces", small, folder(t, "initial.completed=an export (1)"), header + `
an export (1)@initial  safe, query result answers "pre-patch"
an export (1)@patched  safe, query result answers "pre-patch"
`, nil, "what a browser makes of a second download"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			p := replaytest.Params{Family: tt.family, Recordings: tt.recordings}
			switch tt.golden {
			case "":
			case "-":
				p.Golden = filepath.Join(t.TempDir(), "small.matrix")
			default:
				p.Golden = goldenFile(t, tt.golden)
			}
			got, _ := run(t.Context(), p, nil)
			for i := range got {
				got[i] = abridge(got[i])
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s\nmessages (-want +got):\n%s\n%s", tt.why, diff, join(got))
			}
		})
	}
}

// abridge cuts what other packages say, and test; TestExplained is about the rest.
func abridge(message string) string {
	message, _, _ = strings.Cut(message, "\n\n")
	if before, _, ok := strings.Cut(message, "the SDK says: "); ok {
		return before + "the SDK says: SDK"
	}
	if before, _, ok := strings.Cut(message, "unjudged: recording "); ok {
		return before + "unjudged: REASON"
	}
	return message
}

func TestSelected(t *testing.T) {
	t.Parallel()
	p := replaytest.Params{
		Family:     small,
		Recordings: folder(t, "initial.completed", "patched.completed"),
		Golden: goldenFile(t,
			strings.ReplaceAll(goldenText, `  safe, query result answers "post-patch"`, "  panic")),
	}
	messages, subtests := run(t.Context(), p, func(name string) bool { return name == "patched.completed@patched" })
	require.Equal(t, []string{"patched.completed@patched"}, subtests)
	require.Equal(t, []string{"patched.completed@patched: the verdict changed from panic to safe\n got safe, " +
		"query result answers \"post-patch\"\nwant panic\n" + updateHint}, messages,
		"cells that are not selected are neither replayed nor missed")

	messages, _ = run(t.Context(), p, func(string) bool { return false })
	require.Empty(t, messages)
}

func TestSubtestsInOrder(t *testing.T) {
	t.Parallel()
	p := replaytest.Params{Family: patching.Family,
		Recordings: folder(t, "patched.completed", "initial.completed", "initial.waiting")}
	_, subtests := run(t.Context(), p, nil)
	require.Equal(t, []string{
		"initial.completed@initial", "initial.completed@patched", "initial.completed@patch-deprecated",
		"initial.completed@patch-complete",
		"initial.waiting@initial", "initial.waiting@patched", "initial.waiting@patch-deprecated",
		"initial.waiting@patch-complete",
		"patched.completed@initial", "patched.completed@patched", "patched.completed@patch-deprecated",
		"patched.completed@patch-complete",
	}, subtests)
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("interrupted"))
	messages, _ := run(ctx, replaytest.Params{Family: small, Recordings: folder(t, "initial.completed")}, nil)
	require.Equal(t, []string{
		"Test: FATAL judging small: interrupted",
		"initial.completed@initial: initial.completed@initial was not judged: the calling test says why",
		"initial.completed@patched: initial.completed@patched was not judged: the calling test says why",
	}, messages)
}
