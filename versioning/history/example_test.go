package history_test

import (
	"errors"
	"fmt"
	"os"
	"testing/fstest"

	"github.com/replaymatrix/replaymatrix/versioning/history"
)

func ExampleDecode() {
	data, err := os.ReadFile("testdata/cli.json") // from: temporal workflow show --output json
	if err != nil {
		fmt.Println(err)
		return
	}
	rec, err := history.Decode("orders/initial.completed.json", data)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(rec, rec.WorkflowType(), len(rec.History.Events), "events, closed:", rec.Closed())
	fmt.Println("made by", rec.Lineage, "in", rec.Scenario)
	// Output:
	// orders/initial.completed Order 11 events, closed: true
	// made by [initial] in completed
}

func ExampleDecode_refused() {
	_, err := history.Decode("orders/4711.json", []byte("<!DOCTYPE html><title>Sign in</title>"))
	var format *history.FormatError
	if errors.As(err, &format) {
		fmt.Println(format.Kind)
		fmt.Println(format.Detail)
	}
	// Output:
	// html
	// the file is a web page (it begins with "<!DOCTYPE html><title>Sign in</title>")
}

func ExampleDir() {
	fsys := fstest.MapFS{
		"patching/patched.completed.json": {},
		"patching/initial.completed.json": {},
		"patching/live.json":              {}, // data, not a recording
		"patching/README.md":              {},
	}
	sources, err := history.Dir(fsys, "patching")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range sources {
		fmt.Println(s.Family, s.Name)
	}
	// Output:
	// patching initial.completed
	// patching patched.completed
}
