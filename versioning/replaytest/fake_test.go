package replaytest_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
)

// fakeT records messages. Like testing.T's, its Run returns when the subtest
// pauses in Parallel, and the paused subtests go on when the test has returned.
type fakeT struct {
	ctx      context.Context
	name     string
	selects  func(name string) bool // what -run does
	messages *[]string
	paused   chan struct{} // closed when the subtest pauses or ends
	resume   chan struct{} // closed when the calling test has returned
	subtests *[]string
	running  *[]chan struct{}
}

// run calls RunT as go test would, and returns the messages and the names of
// the subtests.
func run(ctx context.Context, p replaytest.Params, selects func(name string) bool) (messages, subtests []string) {
	resume, running := make(chan struct{}), []chan struct{}{}
	t := &fakeT{ctx: ctx, name: "Test", selects: selects, messages: &messages, subtests: &subtests, resume: resume,
		running: &running}
	replaytest.RunT(t, p)
	close(resume)
	for _, done := range running {
		<-done
	}
	return messages, subtests
}

func (t *fakeT) Name() string             { return t.name }
func (t *fakeT) Helper()                  {}
func (t *fakeT) Context() context.Context { return t.ctx }
func (t *fakeT) Errorf(format string, args ...any) {
	*t.messages = append(*t.messages, t.name+": "+normal(fmt.Sprintf(format, args...)))
}

// Fatalf does not end the goroutine: RunT must not depend on it.
func (t *fakeT) Fatalf(format string, args ...any) {
	*t.messages = append(*t.messages, t.name+": FATAL "+normal(fmt.Sprintf(format, args...)))
}

func (t *fakeT) Parallel() {
	close(t.paused)
	t.paused = nil
	<-t.resume
}

func (t *fakeT) Run(name string, f func(replaytest.T)) bool {
	if t.selects != nil && !t.selects(name) {
		return true
	}
	*t.subtests = append(*t.subtests, name)
	paused, done := make(chan struct{}), make(chan struct{})
	// One subtest after the other goes on, so that messages are in order.
	resume := t.resume
	if n := len(*t.running); n > 0 {
		previous := (*t.running)[n-1]
		resume = make(chan struct{})
		go func() { <-t.resume; <-previous; close(resume) }()
	}
	*t.running = append(*t.running, done)
	sub := &fakeT{ctx: t.ctx, name: name, messages: t.messages, paused: paused, resume: resume}
	go func() {
		defer close(done)
		f(sub)
		if sub.paused != nil {
			close(sub.paused)
		}
	}()
	<-paused
	return true
}

var tempPath = regexp.MustCompile(`/\S*/`)

// normal takes out what differs from run to run: the folder of the golden file.
func normal(message string) string { return tempPath.ReplaceAllString(message, "") }

func join(messages []string) string { return strings.Join(messages, "\n") }
