// ordermatrix replays recorded Event Histories on the workflows of package order: the
// matrix, explain and list, and a live Worker. See ordermatrix --help.
package main

import (
	"os"

	"github.com/replaymatrix/replaymatrix/versioning/cli"

	"example.com/orders/order"
)

func main() {
	command := &cli.Command{
		Name:      "ordermatrix",
		Families:  order.Families,
		Histories: "order/testdata/histories", // from the folder of the module
	}
	os.Exit(command.Main())
}
