package main

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestByHand types the walk-through as a person does, in one terminal for the worker and one for the starter.
func TestByHand(t *testing.T) {
	t.Parallel()
	r := buildReplaymatrix(t, start(t, Options{Address: "127.0.0.1:0"}).Address())

	initial := r.startWorker(t, "--workflow", "initial")
	r.expect(t, `^Started workflow with ID initial-workflow-id and run ID [0-9a-f-]{36}\n$`, "starter", "--start-workflow", "initial-workflow-id")
	r.eventually(t, "Query result for ID initial-workflow-id: pre-patch\n", "starter", "--query-workflow", "initial-workflow-id")
	require.Equal(t, "Shutting down\n", initial.interrupt(t, os.Interrupt))

	patched := r.startWorker(t, "--workflow", "patched")
	r.expect(t, `^Started workflow with ID patched-workflow-id and run ID [0-9a-f-]{36}\n`+
		`Query result for ID patched-workflow-id: post-patch\n`+
		`Status of ID patched-workflow-id: Completed with "post-patch", 13 events \(run ID [0-9a-f-]{36}\)\n$`,
		"starter", "--start-workflow", "patched-workflow-id", "--query-workflow", "patched-workflow-id", "--describe-workflow", "patched-workflow-id")
	r.expect(t, "^Query result for ID initial-workflow-id: pre-patch\n$", "starter", "--query-workflow", "initial-workflow-id")
	require.Equal(t, "Shutting down\n", patched.interrupt(t, syscall.SIGTERM))
	require.Empty(t, patched.stderr.String(), "nothing is wrong")

	parked := r.startWorker(t, "--workflow", "initial", "--without-activities")
	r.expect(t, "^Started workflow with ID open ", "starter", "--start-workflow", "open")
	r.eventually(t, "  waits for activity PrePatchActivity (scheduled, attempt 1)\n", "starter", "--describe-workflow", "open")
	parked.interrupt(t, os.Interrupt)
	deprecated := r.startWorker(t, "--workflow", "patch-deprecated")
	r.eventually(t, "its workflow task failed at event 10, NonDeterministicError: [TMPRL1100] Workflow code removed support of version -1.",
		"starter", "--describe-workflow", "open")
	deprecated.interrupt(t, os.Interrupt)
	require.Regexp(t, `^ERROR Workflow panic: \[TMPRL1100\] [^\n]+ \(workflow ID open, run ID [0-9a-f-]{36}, attempt 1\)\n`,
		deprecated.stderr.String(), "one line, without a stack trace")
}

// TestByHandAnotherFamily has the task queue and the stages of the family.
func TestByHandAnotherFamily(t *testing.T) {
	t.Parallel()
	server := start(t, Options{Address: "127.0.0.1:0"})
	r := buildReplaymatrix(t, server.Address())
	w := r.startWorker(t, "--family", "revisions", "--workflow", "version-2")
	r.expect(t, "Query result for ID x: another-patch\n$", "starter", "--family", "revisions", "--start-workflow", "x", "--query-workflow", "x")
	description, err := dial(t, server).DescribeWorkflowExecution(t.Context(), "x", "")
	require.NoError(t, err)
	require.Equal(t, "revisions-task-queue", description.GetWorkflowExecutionInfo().GetTaskQueue())
	w.interrupt(t, os.Interrupt)
}

// TestStarterErrors is about what only a service can know. Each is one line that says what to do next.
func TestStarterErrors(t *testing.T) {
	t.Parallel()
	address := start(t, Options{Address: "127.0.0.1:0"}).Address()
	r := buildReplaymatrix(t, address)
	r.expect(t, "^Started workflow with ID waiting ", "starter", "--start-workflow", "waiting")
	for _, tt := range []struct {
		name string
		args []string
		want string
		why  string
	}{
		{"unknown workflow ID, query", []string{"starter", "--query-workflow", "x"},
			`no execution has workflow ID x in namespace "default" of ` + address + `: start it with "replaymatrix starter --start-workflow x"`,
			"the most common slip"},
		{"unknown workflow ID, describe", []string{"starter", "--describe-workflow", "x"},
			`no execution has workflow ID x in namespace "default" of ` + address + `: start it with "replaymatrix starter --start-workflow x"`,
			"the same words"},
		{"ID in use", []string{"starter", "--start-workflow", "waiting"},
			`workflow ID waiting is in use by an open execution (run ID RUN-ID): choose another ID, or see "replaymatrix starter --describe-workflow waiting"`,
			"a second start must not pass for one"},
		{"no worker", []string{"starter", "--query-workflow", "waiting"},
			`no worker has answered query "result" for ID waiting: is one running? start one with "replaymatrix worker --workflow STAGE"` +
				`; the task of a Worker that was just stopped may not have timed out yet (10 s): try again, or see "replaymatrix starter --describe-workflow waiting"`,
			"the service waits for one"},
		{"namespace, starter", []string{"starter", "--query-workflow", "waiting", "--namespace", "orders"},
			"querying waiting: the service at " + address + ` has no namespace "orders": name another with --namespace or TEMPORAL_NAMESPACE`,
			"not an unknown workflow ID"},
		{"namespace, worker", []string{"worker", "--workflow", "initial", "--namespace", "orders"},
			"starting the worker of initial: the service at " + address + ` has no namespace "orders": name another with --namespace or TEMPORAL_NAMESPACE`,
			"it would poll for ever"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			stdout, stderr, code := r.run(t, tt.args...)
			require.Equal(t, "replaymatrix: "+tt.want+"\n", maskRun(stderr), tt.why)
			require.Equal(t, 1, code)
			require.Empty(t, stdout)
			t.Logf("after %v", time.Since(began))
		})
	}
}

// startWorker returns when the worker has said that it runs.
func (r replaymatrix) startWorker(t *testing.T, args ...string) *serving {
	t.Helper()
	s := &serving{Cmd: r.command(t, append([]string{"worker"}, args...)...), stderr: new(bytes.Buffer)}
	s.Stderr = s.stderr
	stdout, err := s.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, s.Start())
	s.stdout = bufio.NewReader(stdout)
	s.ready, err = s.stdout.ReadString('\n')
	require.NoError(t, err, "stderr: %s", s.stderr)
	require.Equal(t, "Worker started\n", s.ready)
	return s
}

// interrupt returns what the command has yet to say on standard output.
func (s *serving) interrupt(t *testing.T, signal os.Signal) string {
	t.Helper()
	began := time.Now()
	require.NoError(t, s.Process.Signal(signal))
	rest, err := io.ReadAll(s.stdout)
	require.NoError(t, err)
	require.NoError(t, s.Wait(), "it was told to stop; stderr: %s", s.stderr)
	t.Logf("stopped after %v", time.Since(began))
	return string(rest)
}

func (r replaymatrix) expect(t *testing.T, want string, args ...string) {
	t.Helper()
	stdout, stderr, code := r.run(t, args...)
	require.Equal(t, 0, code, "stderr: %s", stderr)
	require.Regexp(t, want, stdout)
	require.Empty(t, stderr)
}

func (r replaymatrix) eventually(t *testing.T, want string, args ...string) {
	t.Helper()
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		stdout, _, _ := r.run(t, args...)
		assert.Contains(c, stdout, want)
	}, patience, 100*time.Millisecond)
}
