package replay

import (
	"context"
	"slices"
	"strings"

	commonpb "go.temporal.io/api/common/v1"
	historypb "go.temporal.io/api/history/v1"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
)

// blame looks for what no edit of the workflow function explains: something of the Workers that the
// replay has not got, and values that are new each time the program starts. No GetVersion call helps
// against those, and so the Explanation has no place for one.
func (c *cell) blame(ctx context.Context, result *Result, seen *observer.Observer) {
	own := c.ranLast(c.stage)
	if own {
		c.parted = partedAs(*result)
	}
	switch result.Verdict {
	case Drift, Nondeterministic, Panic:
	default:
		return
	}
	d := &result.Cause.Decided
	switch parts := c.encodedAt(result, seen); {
	case result.Cause.Kind == cause.FlagUnknown || d.Kind == cause.MarkerUnreadable:
	case parts != "":
		d.Kind, d.Name = cause.ValueEncoded, parts
	case d.Kind == cause.OwnCode:
		d.Name = c.unreadHeader()
	case own || result.Cause.Decided.Kind == "" && result.Verdict != Panic:
	case c.drawnAnew(result):
		*d = cause.Decision{Kind: cause.DrawnAnew, Way: d.Way}
	default:
		c.blameOptions(ctx, result)
	}
	if x := result.Explanation; x != nil && d.Elsewhere() {
		x.Parted = nil
	}
}

// encodedAt is the encoding of a value that is another one here, and that the data converter does not
// read.
func (c *cell) encodedAt(result *Result, seen *observer.Observer) string {
	p := result.Cause.Parting
	if p == nil || p.Difference == nil {
		return ""
	}
	e := events.ByID(c.recording.History.GetEvents(), p.Difference.Event)
	return compare.Encoded(e, p.Difference.Path, seen.Converter())
}

// blameOptions says that the options of the replay are to blame, where the code that ran the execution
// parts from it in the same way with them. That of a journey has not run all of it. Where nobody knows
// that code, a header that nothing reads has to be ruled out first.
func (c *cell) blameOptions(ctx context.Context, result *Result) {
	d, header := &result.Cause.Decided, c.unreadHeader()
	if d.Kind != cause.Unversioned && d.Kind != cause.PerhapsDefault && result.Verdict != Panic {
		return
	}
	if parted, known := c.referenceParts(ctx); known {
		if parted.as(*result) && len(c.recording.Lineage) == 1 {
			*d = cause.Decision{Kind: cause.ReferenceParts, Name: header, Way: d.Way}
		}
		return
	}
	if header != "" {
		*d = cause.Decision{Kind: cause.HeaderUnread, Name: header, Way: d.Way}
	}
}

// partedReference is where and how the code that ran the execution parts from it itself.
type partedReference struct {
	known bool
	event int64
	kind  cause.Kind
	how   string
}

func partedAs(r Result) partedReference {
	p := partedReference{known: true, event: r.Place.Event, kind: r.Cause.Kind}
	if r.Cause.Parting != nil {
		p.how = r.Cause.Parting.String()
	}
	return p
}

// as reports whether the result parts there too, and in the same way.
func (p partedReference) as(r Result) bool { return p.event > 0 && p == partedAs(r) }

// referenceParts says how the code that ran the execution parts from it. known is false where that
// code is not known.
func (c *cell) referenceParts(ctx context.Context) (parted partedReference, known bool) {
	stage, ok := c.referenceStage()
	if !ok || ctx.Err() != nil {
		return parted, false
	}
	if !c.parted.known {
		of := c.by(stage)
		of.opts.Explain = c.opts.Explain // what is known of its calls decides how it parts
		c.parted = partedAs(of.judgeStarted(ctx))
	}
	return c.parted, true
}

// unreadHeader names the fields of the history's headers, sorted, if the replay has nothing that reads
// or writes headers. Those of tracing decide nothing.
func (c *cell) unreadHeader() string {
	if o := c.opts.Worker; len(o.Interceptors)+len(o.ContextPropagators)+len(o.Plugins) > 0 {
		return ""
	}
	var names []string
	for _, e := range c.recording.History.GetEvents() {
		for name := range headerOf(e).GetFields() {
			if !traces(name) && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// headerOf is the header of what the event brings to the code, or of what the code has sent with it.
func headerOf(e *historypb.HistoryEvent) *commonpb.Header {
	switch {
	case e.GetWorkflowExecutionStartedEventAttributes() != nil:
		return e.GetWorkflowExecutionStartedEventAttributes().GetHeader()
	case e.GetWorkflowExecutionSignaledEventAttributes() != nil:
		return e.GetWorkflowExecutionSignaledEventAttributes().GetHeader()
	case e.GetWorkflowExecutionUpdateAcceptedEventAttributes() != nil:
		return e.GetWorkflowExecutionUpdateAcceptedEventAttributes().GetAcceptedRequest().GetInput().GetHeader()
	case e.GetActivityTaskScheduledEventAttributes() != nil:
		return e.GetActivityTaskScheduledEventAttributes().GetHeader()
	default:
		return e.GetStartChildWorkflowExecutionInitiatedEventAttributes().GetHeader()
	}
}

// traces reports whether a field of a header is one of the usual ones of tracing.
func traces(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"trace", "tracing", "span", "baggage", "b3"},
		func(part string) bool { return strings.Contains(name, part) })
}
