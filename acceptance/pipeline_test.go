package acceptance

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
	"github.com/stretchr/testify/require"
)

// A job is the pull request of a change of the sample service, with the recipes of
// docs/ci.md to check it with.
type job struct {
	t        *testing.T
	folder   string // the checkout
	temp     string // RUNNER_TEMP
	summary  string // GITHUB_STEP_SUMMARY
	workflow *actionlint.Workflow
	shell    string
}

// TestPipeline runs the recipes of docs/ci.md, with what GitHub gives to a step.
func TestPipeline(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, change string
		// tests and against are the exit codes of the steps.
		tests, against int
		answer, why    string
	}{
		{"breaks", "check-fraud", 1, 3, "Do not deploy", "a call was added"},
		{"versioned", "check-fraud-versioned", 0, 0, "deploy", "GetVersion keeps the old branch"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, tt.why)
			j := newJob(t, tt.change)
			want := map[string]int{"Replay tests": tt.tests, "Deploy and roll back": tt.against}
			ran := 0
			for _, step := range j.workflow.Jobs["replay"].Steps {
				run, ok := step.Exec.(*actionlint.ExecRun)
				if !ok || strings.HasPrefix(run.Run.Value, "gh ") {
					continue // GitHub's own
				}
				ran++
				out, code := j.run(run.Run.Value)
				require.Equal(t, want[step.Name.Value], code, "%s\n%s", step.Name.Value, out)
				if step.Name.Value == "Deploy and roll back" && tt.against == 3 {
					require.Regexp(t, `(?m)^::error file=order/order\.go,line=30,title=`, out, "the annotation is at the line")
				}
			}
			require.Equal(t, 4, ran)
			summary, err := os.ReadFile(j.summary)
			require.NoError(t, err)
			require.Contains(t, string(summary), tt.answer)
			for _, file := range []string{"replay.html", "replay.xml", "comment.md"} {
				require.FileExists(t, filepath.Join(j.temp, file))
			}

			out, code := j.run(j.shell)
			require.Equal(t, max(tt.tests, tt.against), code, out)
			reports := regexp.MustCompile(`(?m)^reports: (.*)$`).FindStringSubmatch(out)
			require.NotNil(t, reports, out)
			for _, file := range []string{"answer.md", "matrix.txt", "replay.xml", "replay.html"} {
				require.FileExists(t, filepath.Join(reports[1], file))
			}
		})
	}
}

func newJob(t *testing.T, change string) *job {
	t.Helper()
	text, err := os.ReadFile("../docs/ci.md")
	require.NoError(t, err)
	j := &job{t: t, folder: t.TempDir(), temp: t.TempDir()}
	for _, b := range blocks(string(text)) {
		switch b.comment {
		case "workflow":
			j.lint(b.text)
		case "shell":
			j.shell = b.text
		}
	}
	require.NotNil(t, j.workflow, "docs/ci.md has a workflow")
	require.NotEmpty(t, j.shell, "docs/ci.md has a recipe for a shell")
	j.summary = filepath.Join(j.temp, "summary")
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	script := `cp -R "$1"/testdata/consumer/. . && go mod edit -replace github.com/replaymatrix/replaymatrix="$1"
git init -q -b main && git add -A && git -c user.name=a -c user.email=a@example.com commit -qm before
git update-ref refs/remotes/origin/main HEAD
cp changes/"$2".go.txt order/order.go
git -c user.name=a -c user.email=a@example.com commit -qam after`
	cmd := exec.Command("bash", "-ec", script, "bash", root, change)
	cmd.Dir = j.folder
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return j
}

// lint reads the workflow as GitHub does.
func (j *job) lint(text string) {
	j.t.Helper()
	linter, err := actionlint.NewLinter(os.Stderr, &actionlint.LinterOptions{})
	require.NoError(j.t, err)
	mistakes, err := linter.Lint("replay.yml", []byte(text), nil)
	require.NoError(j.t, err)
	require.Empty(j.t, mistakes)
	workflow, mistakes := actionlint.Parse([]byte(text))
	require.Empty(j.t, mistakes)
	j.workflow = workflow
}

// run runs the commands of a step as GitHub does.
func (j *job) run(commands string) (out string, code int) {
	j.t.Helper()
	cmd := exec.CommandContext(j.t.Context(), "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", commands)
	cmd.Dir = j.folder
	cmd.Env = append(os.Environ(), "CI=true", "GITHUB_ACTIONS=true", "GITHUB_BASE_REF=main", "GITHUB_WORKSPACE="+j.folder,
		"GITHUB_STEP_SUMMARY="+j.summary, "RUNNER_TEMP="+j.temp, "TMPDIR="+j.temp, "REPLAYMATRIX_CACHE=off")
	both, _ := cmd.CombinedOutput()
	return string(both), cmd.ProcessState.ExitCode()
}
