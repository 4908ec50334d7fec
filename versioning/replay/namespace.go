package replay

import (
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/events"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// tellNamespace says where code asks for the namespace and nobody knows it. Most code
// asks for something else that GetInfo has, so the cause says it where the replayer's
// name shows, or where nothing else explains the divergence; the note always does.
func (c *cell) tellNamespace(result *Result, seen *observer.Observer) {
	asks := seen.AsksInfo()
	if c.namespace() != "" || asks == (trace.Line{}) {
		return
	}
	result.Notes = append(result.Notes, Note{Kind: NamespaceUnknown, Source: asks.String()})
	shown := showsNamespace(result.Cause)
	if (result.Verdict == Drift || result.Verdict == Nondeterministic) && (shown || c.unexplained(*result, seen)) {
		result.Cause.Namespace = &cause.NamespaceHint{Shown: shown, Source: asks.String()}
	}
}

// showsNamespace reports whether the replayer's name is in what differs.
func showsNamespace(c cause.Cause) bool {
	p := c.Parting
	if p == nil {
		return false
	}
	for _, s := range []*compare.Side{p.Recorded, p.Now, p.Instead, p.Elsewhere} {
		if s != nil && strings.Contains(s.String(), trace.ReplayNamespace) {
			return true
		}
	}
	return p.Difference != nil &&
		(strings.Contains(p.Difference.Now, trace.ReplayNamespace) ||
			strings.Contains(p.Difference.Recorded, trace.ReplayNamespace))
}

// unexplained reports whether nothing else is known that decides the divergence.
func (c *cell) unexplained(result Result, seen *observer.Observer) bool {
	v := c.versions(seen)
	switch v.decides(events.ByID(v.events, result.Place.Event)).Kind {
	case cause.OwnCode, cause.OwnCodeLast, cause.Unversioned, cause.PerhapsDefault:
		return true
	default:
		return false
	}
}
