package replay

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/internal/observer"
	"github.com/replaymatrix/replaymatrix/versioning/internal/registry"
)

func (c *cell) versions(seen *observer.Observer) versions {
	return c.onItsWay(readVersions(c.recording.History.GetEvents(), seen))
}

// onItsWay adds what only advice needs: between which stages the execution goes.
func (c *cell) onItsWay(v versions) versions {
	v.own, v.deploy, v.rollback = c.transition()
	v.journey = len(c.recording.Lineage) > 1
	v.shadowed = c.shadows(c.stage)
	if i := slices.IndexFunc(c.opts.Stages, c.ranLast); i >= 0 && !v.shadowed {
		v.ranShadow = c.shadows(c.opts.Stages[i])
	}
	return v
}

// shadows reports whether the stage runs another function for the recording's
// workflow type than the one that it registers for it.
func (c *cell) shadows(stage versioning.Stage) bool {
	registered, err := registry.OfWorkflows(stage.Register)
	workflowType := c.recording.WorkflowType()
	return err == nil && !c.opts.Worker.DisableRegistrationAliasing &&
		slices.Contains(registered.Names, workflowType) && slices.Contains(registered.Aliases, workflowType)
}

// transition says whether the stage is the one that ran the execution last, a
// newer or an older one, as far as lineage and order of release are known.
func (c *cell) transition() (own, deploy, rollback bool) {
	from := slices.IndexFunc(c.opts.Stages, c.ranLast)
	to := slices.IndexFunc(c.opts.Stages, func(s versioning.Stage) bool { return s.Name == c.stage.Name })
	return c.ranLast(c.stage), from >= 0 && from < to, to >= 0 && to < from
}
