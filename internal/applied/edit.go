// Package applied puts edits of workflow code into copies of their packages, and judges recordings by
// the stages of the copies.
//
//	edit, err := applied.EditOf(*advice.Explain(cell.Result).Patch)
//	program, err := applied.Build(ctx, t.TempDir(), []applied.Edit{edit, …})
//	answers, err := program.Judge(ctx, []applied.Cell{{Copy: edit.ID, Family: cell.Family, …}})
//
// The copies are in no folder of the work tree: the go command gets them with -overlay. All of them are
// built at once, into one program. A copy that does not compile is left out, and Faults has what the
// compiler says.
//
// Only the stage that judges comes from the copy. All others are those of the work tree, so that the
// code that ran the execution is the old one even where an edit is in a function that stages share.
package applied

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
)

// An Edit is a package of this module with another text in one of its files.
type Edit struct {
	// ID names the copy. Edits with the same content have the same ID.
	ID string
	// Package is the folder of the package, relative to the root of the module, with slashes.
	Package string
	// File is the name of the file, and Source its whole text.
	File   string
	Source []byte
}

// EditOf applies the patch to its file in the work tree.
func EditOf(p advice.Patch) (Edit, error) {
	source, err := os.ReadFile(p.File)
	if err != nil {
		return Edit{}, fmt.Errorf("applying a patch: %w", err)
	}
	edited, err := p.Apply(source)
	if err != nil {
		return Edit{}, err
	}
	return NewEdit(p.File, edited)
}

// NewEdit is the edit that gives the file of the work tree another text.
func NewEdit(file string, source []byte) (Edit, error) {
	relative, err := filepath.Rel(corpora.Root(), file)
	if err != nil || !filepath.IsLocal(relative) {
		return Edit{}, fmt.Errorf("%s is not a file of this module", file)
	}
	relative = filepath.ToSlash(relative)
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\n%s", relative, source)
	return Edit{
		ID:      "c" + hex.EncodeToString(sum.Sum(nil)[:6]),
		Package: path.Dir(relative), File: path.Base(relative), Source: source,
	}, nil
}

const module = "github.com/replaymatrix/replaymatrix"

// copies is the folder of the copies, which does not exist. It is not below versioning/internal, whose
// frames are never taken for workflow code.
const copies = "internal/applied/copies"

// folder is where the copy is, relative to the root of the module. The package keeps its last name.
func (e Edit) folder() string { return path.Join(copies, e.ID, path.Base(e.Package)) }

// told is a text of the compiler about the copy, in one line and with the places in the work tree.
func (e Edit) told(text string) string {
	text = regexp.MustCompile(`\S*`+e.ID+"/"+path.Base(e.Package)+"/").ReplaceAllLiteralString(text, e.Package+"/")
	return strings.Join(strings.Fields(text), " ")
}
