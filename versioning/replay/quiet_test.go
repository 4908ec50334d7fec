package replay_test

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/workflow"

	"github.com/replaymatrix/replaymatrix/testdata/mistakes"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

const childVariable = "REPLAY_TEST_CHILD"

// TestMain is also the child process of TestNoNoise.
func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		judgeMistakes()
		return
	}
	os.Exit(m.Run())
}

// judgeMistakes produces every kind of failing replay that does not take a
// second, and a workflow that logs.
func judgeMistakes() {
	sources, err := history.Dir(os.DirFS("../../testdata/histories/mistakes"), ".")
	if err != nil {
		panic(err)
	}
	for _, source := range sources {
		r, err := source.Load()
		if err != nil {
			panic(err)
		}
		for _, stage := range mistakes.Family.Stages {
			if stage.Name != "deadlocks" {
				replay.Judge(context.Background(), stage, r, nil)
			}
		}
		logging := stageOf(mistakes.WorkflowType, func(ctx workflow.Context, _ string) error {
			workflow.GetLogger(ctx).Error("the workflow logs")
			return nil
		})
		opts := replay.Options{}
		opts.Worker.EnableLoggingInReplay = true
		replay.Judge(context.Background(), logging, r, &opts)
	}
}

// TestNoNoise looks at the output of a whole process, because the SDK's default
// logger keeps the os.Stdout that it was made with.
func TestNoNoise(t *testing.T) {
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childVariable+"=1")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.Empty(t, string(out))
}

func TestLogger(t *testing.T) {
	t.Parallel()
	log := &recordingLogger{}
	replay.Judge(t.Context(), mistake(t, "panics"), recording(t, "mistakes/base.activity"),
		&replay.Options{Config: replay.Config{Logger: log}})
	require.Contains(t, log.String(), "Workflow panic")
}

type recordingLogger struct {
	mu sync.Mutex
	b  strings.Builder
}

func (l *recordingLogger) log(msg string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.b.WriteString(msg + "\n")
}

func (l *recordingLogger) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *recordingLogger) Debug(msg string, _ ...any) { l.log(msg) }
func (l *recordingLogger) Info(msg string, _ ...any)  { l.log(msg) }
func (l *recordingLogger) Warn(msg string, _ ...any)  { l.log(msg) }
func (l *recordingLogger) Error(msg string, _ ...any) { l.log(msg) }
