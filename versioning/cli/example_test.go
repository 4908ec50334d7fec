package cli_test

import (
	"context"
	"fmt"
	"os"

	"github.com/replaymatrix/replaymatrix/histories"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cli"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// The whole main function of a command for workflows of one's own. It ends the
// process, so it is not run here.
func ExampleMain() {
	_ = func() { // func main()
		cli.Main(patching.Family)
	}
}

// With recordings inside the program, it needs no files; a test calls Run.
func ExampleCommand() {
	command := &cli.Command{
		Name:       "ordermatrix",
		Families:   []*versioning.Family{patching.Family},
		Recordings: histories.FS, // an embed.FS with one folder for each family
		Stdout:     os.Stdout,
	}
	code := command.Run(context.Background(), []string{"explain", "patching/initial.completed@patched"})
	fmt.Println("exit code", code)
	// Output:
	// patching/initial.completed@patched
	//
	// safe    safe: replays, and does what the history says, as far as that was compared
	//         Workers of patched can take executions such as this one.
	//
	// = the same
	//
	//    event  history                                     code in patching/patched.go
	// Workflow Task 1, events 3 to 4
	//                                                       SetQueryHandler result                     :13
	//                                                       GetVersion "my-patch" from DefaultVersion  :19
	//                                                         to 1: DefaultVersion
	//        5  ActivityTaskScheduled (PrePatchActivity) =  ExecuteActivity PrePatchActivity           :20
	// Workflow Task 2, events 9 to 10
	//       11  WorkflowExecutionCompleted               =  return completed
	//
	// Result         The code does what the history says, at the level values.
	// exit code 0
}
