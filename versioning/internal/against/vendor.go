package against

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// modFlag returns what GOFLAGS says for -mod, empty if nothing. The last one counts.
func modFlag(goflags string) (value string) {
	for _, flag := range strings.Fields(goflags) {
		if v, ok := strings.CutPrefix(strings.TrimLeft(flag, `'"-`), "mod="); ok {
			value = strings.TrimRight(v, `'"`)
		}
	}
	return value
}

// vendor notes whether the go command takes modules from the vendor folder in this folder: that of go.work, or that of
// go.mod where there is no workspace. Then go.mod has to say what it said when the folder was made.
func (m *mover) vendor(folder string) {
	_, err := os.Stat(filepath.Join(folder, "vendor", "modules.txt"))
	m.vendored = err == nil && (m.mod == "" || m.mod == "vendor")
}

// lacksVendor returns an error if the go command is told to look into a folder that the revision does not have: what it
// says itself is that go.mod is wrong.
func (m *mover) lacksVendor() error {
	if m.mod != "vendor" || m.vendored {
		return nil
	}
	return fmt.Errorf("%s has no vendor folder, and GOFLAGS says -mod=vendor: run it with GOFLAGS=-mod=readonly, which "+
		"takes the modules of both from the module cache", m.label)
}
