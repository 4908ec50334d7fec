package judge_test

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/revisions"
)

const (
	firstRun  = "0b1f6c1e-6a6e-4a7c-9d52-0c2f6f1a0001"
	secondRun = "0b1f6c1e-6a6e-4a7c-9d52-0c2f6f1a0002"
)

// recorded are recordings of histories under other names, FAMILY/NAME to FAMILY/NAME of histories.
func recorded(t *testing.T, names map[string]string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	for name, from := range names {
		data, err := os.ReadFile("../../../histories/" + from + ".json")
		require.NoError(t, err)
		files[name+".json"] = &fstest.MapFile{Data: data}
	}
	return files
}

// workflowID is that of a recording of histories.
func workflowID(t *testing.T, recording string) string {
	t.Helper()
	data, err := os.ReadFile("../../../histories/" + recording + ".json")
	require.NoError(t, err)
	found := regexp.MustCompile(`"workflowId": *"([^"]+)"`).FindSubmatch(data)
	require.NotNil(t, found)
	return string(found[1])
}

func explained(t *testing.T, families []*versioning.Family, recordings fs.FS, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	command := &cli.Command{Families: families, Recordings: recordings, Stdout: &stdout, Stderr: &stderr}
	code = command.Run(t.Context(), append([]string{"explain"}, args...))
	return code, stdout.String(), stderr.String()
}

func TestExplainNames(t *testing.T) {
	t.Parallel()
	all := os.DirFS("../../../histories")
	one, two := []*versioning.Family{patching.Family}, []*versioning.Family{patching.Family, revisions.Family}
	id := workflowID(t, "patching/initial.waiting")
	named := recorded(t, map[string]string{"patching/x": "patching/initial.waiting", "revisions/y": "revisions/version-2.completed"})
	runs := recorded(t, map[string]string{
		"patching/a_" + firstRun: "patching/initial.completed", "patching/b_" + secondRun: "patching/initial.completed",
	})
	for _, tt := range []struct {
		why        string
		families   []*versioning.Family
		recordings fs.FS
		args       []string
		// first is how the first line begins.
		first string
	}{
		{"a cell, as ever", two, all, []string{"patching/initial.waiting@patch-complete"},
			"patching/initial.waiting@patch-complete\n"},
		{"a cell of the only family", one, all, []string{"initial.waiting@patch-complete"},
			"patching/initial.waiting@patch-complete\n"},
		{"a recording", two, all, []string{"patching/initial.waiting"},
			"patching/initial.waiting@patch-complete: the worst of 4 cells of recording patching/initial.waiting ("},
		{"a recording of the only family", one, all, []string{"initial.waiting"},
			"initial.waiting@patch-complete: the worst of 4 cells of recording patching/initial.waiting ("},
		{"a family: open before closed, and the newest stage before the others", two, all, []string{"patching"},
			"patching/initial.waiting@patch-complete: the worst of 80 cells of patching ("},
		{"a workflow type", two, all, []string{"PatchingWorkflow"},
			"patching/initial.waiting@patch-complete: the worst of 80 cells of workflow type PatchingWorkflow ("},
		{"a workflow ID", two, named, []string{id},
			"patching/x@patch-complete: the worst of 4 cells of workflow ID " + id + " ("},
		{"a workflow ID of two runs", one, runs, []string{workflowID(t, "patching/initial.completed")},
			"a@patch-complete: the worst of 8 cells of 2 recordings of workflow ID "},
		{"nothing is all", two, all, nil, "patching/initial.waiting@patch-complete: the worst of "},
		{"all of the only family", one, all, nil,
			"initial.waiting@patch-complete: the worst of 80 cells of patching (stuck, open, by the deploy of patch-complete)\n"},
	} {
		t.Run(tt.why, func(t *testing.T) {
			t.Parallel()
			code, out, errs := explained(t, tt.families, tt.recordings, tt.args...)
			require.Equal(t, cli.ExitOK, code, errs)
			require.Equal(t, tt.first, out[:min(len(out), len(tt.first))])
		})
	}
}

// TestExplainSafe is about cells of which none breaks.
func TestExplainSafe(t *testing.T) {
	t.Parallel()
	f := *patching.Family
	f.Stages = f.Stages[:2]
	code, out, errs := explained(t, []*versioning.Family{&f},
		recorded(t, map[string]string{"patching/one": "patching/initial.completed", "patching/two": "patching/initial.waiting"}))
	require.Equal(t, cli.ExitOK, code, errs)
	require.Contains(t, out, "two@patched: all 4 cells of patching are safe; this one is next to the newest stage, patched\n")
	require.Contains(t, out, "\npatching/two@patched\n")
}

func TestExplainUnknown(t *testing.T) {
	t.Parallel()
	code, out, errs := explained(t, []*versioning.Family{patching.Family, revisions.Family},
		os.DirFS("../../../histories"), "PachingWorkflow")
	require.Equal(t, cli.ExitUsage, code)
	require.Empty(t, out)
	for _, says := range []string{
		`"PachingWorkflow" is no cell, recording, family, workflow type or workflow ID; `,
		"the families are patching, revisions", "the workflow types are PatchingWorkflow, ", "the workflow IDs are ",
	} {
		require.Contains(t, errs, says)
	}
}

// TestExplainPasted holds that what is printed for another call can be pasted, whatever files are called.
func TestExplainPasted(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	names := map[string]string{
		"it's the first": "initial.completed", `"second" $HOME`: "patched.completed", "third; `x`": "patch-complete.waiting",
		"4711_" + firstRun: "initial.waiting", "4711_" + secondRun: "patched.waiting", "4712_" + firstRun: "initial.cancelled",
		"$(date) & more": "patch-deprecated.completed",
	}
	for _, families := range [][]*versioning.Family{{patching.Family}, {patching.Family, revisions.Family}} {
		files := map[string]string{"revisions/a b": "revisions/version-2.completed"}
		for name, from := range names {
			files[path.Join("patching", name)] = "patching/" + from
		}
		recordings := recorded(t, files)
		queue, seen := []string{"patching"}, map[string]bool{}
		for name := range names {
			queue = append(queue, "patching/"+name)
		}
		pasted := 0
		for len(queue) > 0 {
			arg := queue[0]
			queue = queue[1:]
			if seen[arg] {
				continue
			}
			seen[arg] = true
			code, out, errs := explained(t, families, recordings, arg)
			require.Equal(t, cli.ExitOK, code, "%s: %s", arg, errs)
			preamble, _, _ := strings.Cut(out, "\n\n")
			first, _, summed := strings.Cut(preamble, ": the worst of ")
			if !summed {
				continue
			}
			lines := []string{first}
			for _, line := range strings.Split(preamble, "\n")[1:] {
				if _, rest, ok := strings.Cut(line, " explain "); ok {
					lines = append(lines, rest)
				}
			}
			for i, line := range lines {
				words, err := exec.Command(shell, "-c", "set -- "+line+"\n"+`printf '%s' "$1"`).Output()
				require.NoError(t, err, line)
				word := string(words)
				code, again, errs := explained(t, families, recordings, word)
				require.Equal(t, cli.ExitOK, code, "%s: %s", word, errs)
				if i == 0 {
					_, cell, _ := strings.Cut(out, "\n\n")
					require.Equal(t, again, cell, "the name of the cell explains that cell")
				}
				pasted++
				queue = append(queue, word)
			}
		}
		require.Greater(t, pasted, 10)
	}
}
