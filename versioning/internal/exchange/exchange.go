// Package exchange lets a test that calls replaytest.Run give its recordings and verdicts to
// another process. The command replaymatrix against runs the same test in two trees, and gives each
// test the recordings of the other.
//
// The process names a folder in the environment variable Env. The folder holds a Request. The
// harness does what the Request says and checks nothing:
//
//	request.json               what to do
//	tests/ID/test.json         of an Export: a Test, one for each call of replaytest.Run
//	tests/ID/recordings/FILE   its recordings, byte for byte
//	verdicts/ID.json           of a Judge: Verdicts
//	explained/ID.json          of a Judge that asks for it: an Explained for each Asked
//
// Every folder in tests and every file in the others appears in one step. The format is private to
// this module. The two trees can have two versions of the module: Version is raised when an older
// or newer version would misunderstand the format.
package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/wholefile"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// Env is the name of the environment variable that holds the folder.
const Env = "REPLAYMATRIX_EXCHANGE"

// Version is the version of the folder's format.
const Version = 3

// Phase is what the harness is asked to do.
type Phase string

// The phases.
const (
	Export Phase = "export" // write what there is to judge, and judge nothing
	Judge  Phase = "judge"  // judge what Request.Sets says
)

// A Request says what the process asks of the harness.
type Request struct {
	Version int
	Phase   Phase
	// Level says what to compare. Empty means the level of the test.
	Level compare.Level `json:",omitempty"`
	// Rehearse says which waiting points are rehearsed. Empty means what the test says.
	Rehearse rehearse.Scope `json:",omitempty"`
	// Memory is that of matrix.Options. A harness from before there was this field takes the default.
	Memory int64 `json:",omitempty"`
	// AllStages says that every stage judges. Otherwise only the stage that Test.Deployed names
	// does.
	AllStages bool
	// Sets are the recordings to judge, by the ID of the test. A test that is not
	// among them judges nothing.
	Sets map[string][]Set `json:",omitempty"`
	// Explain are cells to explain, by the ID of the test. A harness from before there was this field
	// explains none.
	Explain map[string][]Asked `json:",omitempty"`
}

// A Set is a folder of recordings.
type Set struct {
	Folder string
	// Only are the names of the recordings to judge.
	Only []string
}

// A VersionError reports that the versions of harness and process do not understand each other.
type VersionError struct{ Theirs, Ours int }

func (e *VersionError) Error() string {
	return fmt.Sprintf("the replaymatrix command speaks version %d of the exchange with tests, the replaytest "+
		"package of this tree version %d:"+
		" use the same version of replaymatrix for the command and in go.mod", e.Theirs, e.Ours)
}

// WriteRequest writes the request into the folder.
func WriteRequest(dir string, r Request) error {
	r.Version = Version
	return writeJSON(filepath.Join(dir, "request.json"), r)
}

// ReadRequest reads the request. The error is a *VersionError if the request has another version.
func ReadRequest(dir string) (r Request, err error) {
	if err := readJSON(filepath.Join(dir, "request.json"), &r); err != nil {
		return r, fmt.Errorf("%s is set, and there is no request: %w", Env, err)
	}
	if r.Version != Version {
		return r, &VersionError{Theirs: r.Version, Ours: Version}
	}
	return r, nil
}

// ID names a call of replaytest.Run among all calls of one test binary. The call is the one with
// this number, counted from 0, in the test for the family.
func ID(test, family string, number int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d", test, family, number))
	return hex.EncodeToString(sum[:8])
}

func writeJSON(path string, value any) error {
	data, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return err
	}
	return wholefile.Replace(path, 0o600, data)
}

func readJSON(path string, value any) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, value); err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(path), err)
	}
	return nil
}

// missing reports whether nobody has made the file or folder.
func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }
