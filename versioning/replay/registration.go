package replay

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
)

// tellRegistration adds the function that was registered for the type: by the stage that ran the execution, or by the
// newest one that knows the type where that one does not, or is not known. That is what somebody has to register again
// before a deploy, but where another function took the type by its own name: see cause.RanShadow.
func (c *cell) tellRegistration(why *cause.Cause) {
	unknown := why.Type
	if unknown == nil || why.CuringWay() == cause.ByRollback {
		return
	}
	last := slices.IndexFunc(c.opts.Stages, c.ranLast)
	if last >= 0 && c.shadows(c.opts.Stages[last]) {
		why.Decided.Kind = cause.RanShadow
		return
	}
	tell := func(s versioning.Stage) {
		name, file, line := registry.FunctionOf(s.Register, unknown.Name)
		switch {
		case name == "":
		case unknown.Function == "":
			unknown.Function = name
			if file != "" {
				unknown.Source = trace.Line{File: file, Number: line}.String()
			}
		case name != unknown.Function && !slices.Contains(unknown.Others, name):
			unknown.Others = append(unknown.Others, name)
		}
	}
	if last >= 0 {
		tell(c.opts.Stages[last])
	}
	for _, s := range slices.Backward(c.opts.Stages) {
		tell(s)
	}
}
