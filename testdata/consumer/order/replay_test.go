package order

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/replaymatrix/replaymatrix/versioning/replaytest"
)

// TestReplay replays recorded Event Histories on the code of the work tree, and fails
// where an execution would get stuck after a deploy, or go on and do something else.
//
// The recordings of a family are the files in testdata/histories/FAMILY. A folder
// without any fails: nothing would be proven. Its README.md says how to get one.
// Take a family that has no execution yet out of Families.
//
//	go test ./order -run '^TestReplay$'
func TestReplay(t *testing.T) {
	for _, family := range Families {
		t.Run(family.Name, func(t *testing.T) {
			replaytest.Run(t, replaytest.Params{
				Family:     family,
				Recordings: os.DirFS(filepath.Join("testdata", "histories", family.Name)),
			})
		})
	}
}
