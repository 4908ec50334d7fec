package record_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/record"
)

// Regenerate records the scenarios of one's own family, and observes live workers
// in those whose plan is Observed.
func Regenerate(ctx context.Context, family *versioning.Family) error {
	c, err := client.DialContext(ctx, client.Options{
		HostPort: "127.0.0.1:7233",
		Logger:   log.NewStructuredLogger(slog.New(slog.DiscardHandler)),
	})
	if err != nil {
		return err
	}
	defer c.Close()

	options := record.Options{Client: c, Dir: "testdata/histories", Progress: func(o record.Attempt) {
		fmt.Println(o.Name, o.Path, o.Impossible)
	}}
	if _, err := record.Family(ctx, family, options); err != nil {
		return err
	}
	live, err := record.Live(ctx, family, options)
	if err != nil {
		return err
	}
	return history.WriteLive(filepath.Join(options.Dir, family.Name, history.LiveFile), live)
}

func Example() {
	_ = Regenerate // a service is needed to run it
}
