// Package workflows lists the reference families: each sub-package is one
// workflow in every stage it is ever released in.
package workflows

import (
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/activation"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/cutover"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/deployments"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/interleavings"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/revisions"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/runtimechecks"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/unnoticed"
)

// Families holds the reference families in the order in which they are read
// best.
var Families = slices.Concat(
	[]*versioning.Family{
		patching.Family,
		revisions.Family,
		interleavings.Family,
		activation.Family,
		cutover.Family,
		deployments.Family,
	},
	runtimechecks.Families,
	unnoticed.Families,
)
