package replaytest

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
)

// saveHint says how to get the first recording: a test that was just written has
// none, and must not pass.
func saveHint(p Params) string {
	place := "NAME.json there"
	if folder := folderOf(p.Recordings); folder != "" {
		place = filepath.Join(folder, "NAME.json") + " (in the folder of this test)"
	}
	return fmt.Sprintf("; save the Event History of an execution of %s as %s, with: temporal workflow show "+
		"--workflow-id ID --output json",
		p.Family.WorkflowTypes[0], place)
}

// folderOf is the path that os.DirFS was given: its type is a string. Of other file
// systems no path is known.
func folderOf(fsys fs.FS) string {
	if v := reflect.ValueOf(fsys); v.Kind() == reflect.String {
		return v.String()
	}
	return ""
}
