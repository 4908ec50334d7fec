package play

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	taskqueuepb "go.temporal.io/api/taskqueue/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// pollTime is how old the last access of a worker that is idle may be: the service
// notes when a poll begins, and an idle one takes a minute.
const pollTime = 65 * time.Second

// foreign returns the identity of a worker on the task queue that is not ours: a
// process on this machine that runs, or one elsewhere that has polled within
// pollTime. The service lists workers that were stopped for some minutes more.
func (s *session) foreign(ctx context.Context) (identity string, err error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	host, _ := os.Hostname()
	ours := 0
	if s.worker != nil {
		ours = s.worker.PID()
	}
	for _, kind := range []enumspb.TaskQueueType{enumspb.TASK_QUEUE_TYPE_WORKFLOW, enumspb.TASK_QUEUE_TYPE_ACTIVITY} {
		described, err := s.service.DescribeTaskQueue(ctx, taskQueue(s.family), kind)
		if err != nil {
			return "", fmt.Errorf("asking who polls %s: %w", taskQueue(s.family), s.service.Explain(err))
		}
		if i := slices.IndexFunc(described.GetPollers(),
			func(p *taskqueuepb.PollerInfo) bool { return polls(p, host, ours) }); i >= 0 {
			return described.GetPollers()[i].GetIdentity(), nil
		}
	}
	return "", nil
}

func polls(p *taskqueuepb.PollerInfo, host string, ours int) bool {
	if pid, ok := processOn(host, p.GetIdentity()); ok {
		return pid != ours && runs(pid)
	}
	return time.Since(p.GetLastAccessTime().AsTime()) < pollTime
}

// processOn returns the process of a worker on this machine, from the identity
// that the SDK gives to it: PID@HOST@.
func processOn(host, identity string) (pid int, ok bool) {
	number, rest, _ := strings.Cut(identity, "@")
	at, _, ok := strings.Cut(rest, "@")
	pid, err := strconv.Atoi(number)
	return pid, ok && err == nil && pid > 0 && host != "" && at == host
}

// runs reports whether there is such a process. One that has ended and that nobody
// has waited for is none.
func runs(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	if err := p.Signal(syscall.Signal(0)); errors.Is(err, os.ErrProcessDone) {
		return false
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)) // on Linux
	if err != nil {
		return true
	}
	_, state, _ := strings.Cut(string(stat), ") ")
	return !strings.HasPrefix(state, "Z")
}

// alone refuses to share the task queue: the other worker would take some of the
// tasks, and its answers would be compared with what is foretold for ours.
func (s *session) alone(ctx context.Context) error {
	identity, err := s.foreign(ctx)
	if err != nil || identity == "" {
		return err
	}
	return &sharedError{taskQueue(s.family), identity}
}

// shared adds to an answer that differs who may have given it.
func (s *session) shared(ctx context.Context, differs error) error {
	if identity, err := s.foreign(ctx); err == nil && identity != "" {
		return fmt.Errorf("%w (%w)", differs, &sharedError{taskQueue(s.family), identity})
	}
	return differs
}

type sharedError struct{ taskQueue, identity string }

func (e *sharedError) Error() string {
	return fmt.Sprintf("another worker polls %s (identity %s): stop it, or name another service", e.taskQueue,
		shell.Printable(e.identity))
}
