// Package histories holds the recordings of the reference families, made by a
// real Temporal Service: FAMILY/STAGE[+STAGE…].SCENARIO.json, and MANIFEST
// with the sha256 of each. They are regenerated with go test . -record in the
// root of the module, and never edited.
package histories

import "embed"

// FS holds the files of this folder and those below: a family's name can have
// slashes.
//
//go:embed *
var FS embed.FS
