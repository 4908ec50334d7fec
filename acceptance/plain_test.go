package acceptance

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/replaymatrix/replaymatrix/histories"
)

// plainHistories writes histories as "temporal workflow show" gives them, without
// what this project adds, under names that say nothing.
func plainHistories(env *testscript.Env) error {
	folder := filepath.Join(env.WorkDir, "plain")
	if err := os.Mkdir(folder, 0o777); err != nil {
		return err
	}
	for name, recording := range map[string]string{
		"4711": "patching/initial.completed", // the code of both users runs it
		"4712": "patching/patched.completed", // that of Order only
		"4713": "patching/initial.waiting",   // open
		"4714": "cutover/after.v2-completed", // of another workflow type
	} {
		data, err := histories.FS.ReadFile(recording + ".json")
		if err != nil {
			return err
		}
		var document map[string]json.RawMessage
		if err := json.Unmarshal(data, &document); err != nil {
			return err
		}
		delete(document, "replaymatrix")
		if data, err = json.Marshal(document); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, name+".json"), data, 0o666); err != nil {
			return err
		}
	}
	return nil
}
