package corpora

import (
	"os"
	"path/filepath"
	"sync"
)

// Root is the folder of the module. Tests run in the folders of their packages, which are
// below it.
func Root() string { return root() }

var root = sync.OnceValue(func() string {
	folder, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for above := folder; ; above = filepath.Dir(above) {
		if _, err := os.Stat(filepath.Join(above, references, "MANIFEST")); err == nil {
			return above
		}
		if above == filepath.Dir(above) {
			panic(folder + " is in no checkout of replaymatrix: no folder above it has " + references)
		}
	}
})
