package replaytest_test

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// exchanged runs TestMatrix of this test binary with a request.
func exchanged(t *testing.T, dir string, request exchange.Request) (said string, err error) {
	t.Helper()
	return exchangedBy(t, "TestMatrix", dir, request)
}

func exchangedBy(t *testing.T, test, dir string, request exchange.Request) (said string, err error) {
	t.Helper()
	require.NoError(t, exchange.WriteRequest(dir, request))
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+test+"$", "-test.v", "-update")
	cmd.Env = append(os.Environ(), exchange.Env+"="+dir)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestExchange has a test hand out its recordings, and judge those of another tree.
func TestExchange(t *testing.T) {
	t.Parallel()
	before, err := os.ReadFile("testdata/patching.matrix")
	require.NoError(t, err)

	dir := t.TempDir()
	said, err := exchanged(t, dir, exchange.Request{Phase: exchange.Export})
	require.NoError(t, err, said)
	require.NotContains(t, said, "/initial", "there are no subtests")
	tests, err := exchange.ReadTests(dir)
	require.NoError(t, err)
	require.Len(t, tests, 1)
	test := tests[0]
	require.Equal(t, "TestMatrix", test.Name)
	require.Equal(t, "patching", test.Family)
	require.Equal(t, "patch-complete", test.Deployed().Name)
	require.Equal(t, compare.Values, test.Level)
	copied := map[string]string{}
	for _, r := range test.Recordings {
		data, err := os.ReadFile(filepath.Join(exchange.Recorded(dir, test.ID), r.File))
		require.NoError(t, err)
		copied[r.File] = string(data)
	}
	originals := map[string]string{}
	files, err := filepath.Glob("../../histories/patching/*.*.json")
	require.NoError(t, err)
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		originals[filepath.Base(file)] = string(data)
	}
	require.Equal(t, slices.Sorted(maps.Keys(originals)), slices.Sorted(maps.Keys(copied)))
	require.Equal(t, originals, copied, "byte for byte")

	foreign := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(foreign, "4711.json"), []byte(originals["initial.waiting.json"]),
		0o644))
	require.NoError(t, os.WriteFile(filepath.Join(foreign, "bad.json"), []byte("no history"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(foreign, "unasked.json"), []byte("no history"), 0o644))
	for _, tt := range []struct {
		name      string
		allStages bool
		want      []string
		why       string
	}{
		{"the deployed stage", false,
			[]string{"initial.waiting@patch-complete nondeterministic", "4711@patch-complete nondeterministic",
				"bad@patch-complete unjudged"},
			"it is what runs in production"},
		{"all stages", true, []string{
			"initial.waiting@initial safe", "initial.waiting@patched safe",
			"initial.waiting@patch-deprecated version-removed", "initial.waiting@patch-complete nondeterministic",
			"4711@initial safe", "4711@patched safe", "4711@patch-deprecated version-removed",
			"4711@patch-complete nondeterministic",
			"bad@initial unjudged", "bad@patched unjudged", "bad@patch-deprecated unjudged",
			"bad@patch-complete unjudged",
		}, "the same verdicts as in the golden file, whatever the recording is called"},
	} {
		said, err := exchanged(t, dir,
			exchange.Request{Phase: exchange.Judge, AllStages: tt.allStages, Sets: map[string][]exchange.Set{test.ID: {
				{Folder: exchange.Recorded(dir, test.ID), Only: []string{"initial.waiting"}},
				{Folder: foreign, Only: []string{"4711", "bad"}},
			}}})
		require.NoError(t, err, said)
		sets, err := exchange.ReadVerdicts(dir, test.ID)
		require.NoError(t, err)
		require.Len(t, sets, 2)
		var got []string
		for _, rows := range sets {
			for _, row := range rows {
				for _, cell := range row.Cells {
					got = append(got, cell.Name()+" "+string(cell.Verdict))
				}
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s (-want +got):\n%s", tt.name, tt.why, diff)
		}
	}

	after, err := os.ReadFile("testdata/patching.matrix")
	require.NoError(t, err)
	require.Equal(t, string(before), string(after), "the golden file is not written, in spite of -update")
}

// TestUnread is run by TestExchangeBorrows alone.
func TestUnread(t *testing.T) {
	if os.Getenv(exchange.Env) == "" {
		t.Skip("it needs an exchange folder: TestExchangeBorrows starts it")
	}
	replaytest.Run(t, replaytest.Params{Family: unnoticed.UnreadSignal,
		Recordings: os.DirFS("../../histories/unnoticed/unread-signal")})
}

// TestExchangeBorrows asks for one recording, whose rehearsal needs what a signal has brought in another
// one.
func TestExchangeBorrows(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	said, err := exchangedBy(t, "TestUnread", dir, exchange.Request{Phase: exchange.Export})
	require.NoError(t, err, said)
	tests, err := exchange.ReadTests(dir)
	require.NoError(t, err)
	require.Len(t, tests, 1)
	id := tests[0].ID
	said, err = exchangedBy(t, "TestUnread", dir, exchange.Request{Phase: exchange.Judge, AllStages: true,
		Sets: map[string][]exchange.Set{id: {{Folder: exchange.Recorded(dir, id), Only: []string{"base.charged"}}}}})
	require.NoError(t, err, said)
	sets, err := exchange.ReadVerdicts(dir, id)
	require.NoError(t, err)
	require.Len(t, sets[0], 1, "the recording that was asked for")
	renamed := slices.IndexFunc(sets[0][0].Cells, func(c matrix.Cell) bool { return c.Stage == "renamed" })
	require.Equal(t, replay.Nondeterministic, sets[0][0].Cells[renamed].Verdict, "as in the matrix of all")
}

// TestExchangeExplains asks for what is shown of a cell, under the names that the command shows.
func TestExchangeExplains(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	said, err := exchanged(t, dir, exchange.Request{Phase: exchange.Export})
	require.NoError(t, err, said)
	tests, err := exchange.ReadTests(dir)
	require.NoError(t, err)
	id := tests[0].ID
	folder := exchange.Recorded(dir, id)
	said, err = exchanged(t, dir, exchange.Request{Phase: exchange.Judge, AllStages: true,
		Sets: map[string][]exchange.Set{id: {{Folder: folder, Only: []string{"initial.waiting"}}}}})
	require.NoError(t, err, said)
	explained, err := exchange.ReadExplained(dir, id)
	require.NoError(t, err)
	require.Empty(t, explained, "nobody has asked")

	sets, err := exchange.ReadVerdicts(dir, id)
	require.NoError(t, err)
	cells := map[string]matrix.Cell{}
	for _, c := range sets[0][0].Cells {
		c.Family, c.Recording, c.Stage = "shop", "4711", "main:"+c.Stage
		cells[c.Stage] = c
	}
	ask := func(shown string, a exchange.Asked) exchange.Asked {
		a.Folder, a.Recording = folder, "initial.waiting"
		require.NoError(t, a.Ask(cells["main:"+shown]))
		return a
	}
	asked := []exchange.Asked{
		ask("patch-complete", exchange.Asked{Stage: "patch-complete"}),
		ask("patch-complete", exchange.Asked{Stage: "initial", Near: true}),
		ask("patch-complete", exchange.Asked{Stage: "patch-deprecated", Near: true}),
	}
	said, err = exchanged(t, dir, exchange.Request{Phase: exchange.Judge, Explain: map[string][]exchange.Asked{id: asked}})
	require.NoError(t, err, said)
	explained, err = exchange.ReadExplained(dir, id)
	require.NoError(t, err)
	require.Len(t, explained, 3)
	first := explained[0]
	require.Contains(t, first.Panel.Meaning, "Keep Workers of main:patch-complete away", "the name that is shown")
	require.Contains(t, first.Panel.Place, "event 5 ActivityTaskScheduled")
	require.NotNil(t, first.Panel.Table)
	require.Contains(t, first.Mending.SideBySide, "ExecuteActivity PostPatchActivity")
	require.Contains(t, first.Mending.Code, "In PatchComplete of patching/patch_complete.go")
	require.Contains(t, first.Mending.Do, "before you deploy")
	require.NotEmpty(t, explained[1].Near, "the code that goes on with the execution")
	require.Equal(t, "initial.go", filepath.Base(explained[1].Near[len(explained[1].Near)-1].Lines[0].File))
	require.Empty(t, explained[2].Near, "code that does not go on with it is no code to go back to")
}

// TestExchangeRefused fails the test where the command speaks otherwise.
func TestExchangeRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, request, want, why string }{
		{"other version", `{"Version": 99, "Phase": "export"}`,
			"speaks version 99 of the exchange with tests, the replaytest package of this tree version 3",
			"nobody may guess"},
		{"none", "", "REPLAYMATRIX_EXCHANGE is set, and there is no request", "a variable that was left over"},
		{"damaged", "{", "request.json: unexpected end of JSON input", "nobody may guess"},
		{"unknown", `{"Version": 3, "Phase": "dance"}`, `unknown phase "dance"`, "nobody may guess"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if tt.request != "" {
				require.NoError(t, os.WriteFile(filepath.Join(dir, "request.json"), []byte(tt.request), 0o644))
			}
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestMatrix$")
			cmd.Env = append(os.Environ(), exchange.Env+"="+dir)
			out, err := cmd.CombinedOutput()
			require.Error(t, err, tt.why)
			require.Contains(t, strings.Join(strings.Fields(string(out)), " "), tt.want, tt.why)
		})
	}
}
