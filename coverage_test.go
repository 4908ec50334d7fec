package replaymatrix_test

import "github.com/replaymatrix/replaymatrix/versioning/replaytest"

// unproven are the branches of the reference families that no recording proves,
// by family. TestMatrix requires all others to be proven.
var unproven = map[string][]replaytest.Excuse{
	"interleavings": {
		{Stage: "moved-mistake", ChangeID: "tax-in-quote", From: -1, To: -1,
			Reason: "such orders reserved their stock before the quote, and the mistake breaks those"},
		{Stage: "moved-mistake", ChangeID: "insure-parcel-1", From: -1, To: -1,
			Reason: "such orders began before tax-in-quote, and the mistake breaks them before they get here"},
		{Stage: "moved-mistake", ChangeID: "insure-parcel-2", From: -1, To: -1,
			Reason: "such orders began before tax-in-quote, and the mistake breaks them before they get here"},
	},
}
