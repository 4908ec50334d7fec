package connect

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"

	sdklog "go.temporal.io/sdk/log"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
)

// Silent is a logger that discards everything. It is for clients of which only the errors matter.
var Silent = sdklog.NewStructuredLogger(slog.New(slog.DiscardHandler))

// stopping is the error with which a poll ends when the worker stops (errStop in
// internal/internal_worker_base.go of the SDK). Now and then it is logged.
const stopping = "worker stopping"

// lineHandler writes the warnings and errors of the SDK in one line each: the
// message, the first line of the error, and which execution it is about. The SDK
// itself gives a stack trace of dozens of lines with each failed workflow task.
type lineHandler struct {
	lines *dedupedLines
	attrs []slog.Attr
}

func newLineLogger(w io.Writer) *slog.Logger {
	return slog.New(lineHandler{lines: &dedupedLines{w: w}})
}

func (h lineHandler) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn
}

func (h lineHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	h.attrs = append(h.attrs[:len(h.attrs):len(h.attrs)], attrs...)
	return h
}

func (h lineHandler) WithGroup(string) slog.Handler { return h }

func (h lineHandler) Handle(_ context.Context, r slog.Record) error {
	values := map[string]string{}
	note := func(a slog.Attr) bool {
		values[strings.ToLower(a.Key)] = Line(a.Value.String())
		return true
	}
	for _, a := range h.attrs {
		note(a)
	}
	r.Attrs(note)

	text := strings.TrimSuffix(shell.FirstLine(r.Message), ".")
	fault := values["error"]
	if fault == "" {
		fault = values["panicerror"]
	}
	if fault == stopping {
		return nil
	}
	if fault != "" {
		text += ": " + fault
	}
	var about []string
	for _, a := range []struct{ key, words string }{
		{"workflowid", "workflow ID "}, {"runid", "run ID "}, {"activitytype", "activity "}, {"querytype", "query "},
		{"attempt", "attempt "},
	} {
		if v := values[a.key]; v != "" {
			about = append(about, a.words+v)
		}
	}
	suffix := ""
	if len(about) > 0 {
		suffix = " (" + strings.Join(about, ", ") + ")"
	}
	subject := text
	if fault != "" {
		// The SDK logs a failed workflow task twice in other words.
		subject = fault
	}
	return h.lines.write(subject+suffix, fmt.Sprintf("%s %s%s\n", r.Level, text, suffix))
}

// dedupedLines drops a line that says the same as the one before it: several
// pollers of one worker fail alike.
type dedupedLines struct {
	mu      sync.Mutex
	w       io.Writer
	subject string
}

func (d *dedupedLines) write(subject, line string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if subject == d.subject {
		return nil
	}
	d.subject = subject
	_, err := io.WriteString(d.w, line)
	return err
}
