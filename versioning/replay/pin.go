package replay

import "github.com/replaymatrix/replaymatrix/versioning/internal/pinning"

// Pin is what keeps an execution on one build.
type Pin struct {
	// Build is that build, and To that of the stage.
	Build string `json:"build"`
	To    string `json:"to"`
	// By is what pins it, in words, and Event the ID of the event that says so.
	By    string `json:"by"`
	Event int64  `json:"event"`
	// Override is whether that is a versioning override, which can be taken back, and
	// Closed whether the execution is.
	Override bool `json:"override,omitempty"`
	Closed   bool `json:"closed,omitempty"`
	// At is the ID of the event at which it would part if it moved to the stage, 0 if it
	// would not; Source, Callers and Near are as in Divergence.
	At      int64    `json:"at,omitempty"`
	Source  string   `json:"source,omitempty"`
	Callers []string `json:"callers,omitempty"`
	Near    bool     `json:"near,omitempty"`
}

// keep gives the verdict on a stage of another build, from what a replay there
// has shown: it cannot happen, unless somebody moves the execution.
func keep(p *pinning.Pin, closed bool, build string, there Result) Result {
	cause := there.Cause
	d := there.Divergence
	cause.Pin = &Pin{
		Build: p.Build, To: build, By: p.By, Event: p.Event, Override: p.Override, Closed: closed,
		At: d.Event, Source: d.Source, Callers: d.Callers, Near: d.Near,
	}
	return Result{
		Verdict: NotApplicable, Moved: there.Verdict, Park: there.Park, Cause: cause, Versions: there.Versions, Explanation: there.Explanation,
		Err: there.Err,
	}
}
