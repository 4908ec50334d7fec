package interleavings

import (
	"fmt"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// quoted is an order that waits for its payment.
var quoted = until("quote")

// sent is an order whose parcel n is on its way.
func sent(n int) versioning.Drive { return until(fmt.Sprintf("ship(%d)", n)) }

// aSecond makes the first run older than a second: the service delays the run
// that follows a younger one, and records by how much.
var aSecond = wait(time.Second)

func withParcels(n int) Order {
	return Order{Parcels: n, Address: "Old Street", PaymentLimit: 24 * time.Hour}
}

// inOneRun is an order that one run ships, inTwoRuns one that takes a second.
var inOneRun, inTwoRuns = withParcels(ParcelsPerRun), withParcels(ParcelsPerRun + 1)

// atEveryStage are recorded once for each stage.
var atEveryStage = []versioning.Scenario{
	{
		Name:  "completed",
		Doc:   "The address is changed, the order is paid, and both parcels arrive.",
		Input: []any{inOneRun},
		Plan: versioning.EachStage{
			Drive: versioning.InOrder(quoted, changeAddress("New Street"), pay, sent(1), deliver(1), sent(2), deliver(2)),
		},
	},
	{
		Name:  "waiting",
		Doc:   "Left open while it waits for the payment, and for the timer that limits the wait.",
		Input: []any{inOneRun},
		Plan:  versioning.EachStage{Drive: quoted, Ends: versioning.Open},
	},
	{
		Name:  "shipping",
		Doc:   "Left open with its only parcel on its way.",
		Input: []any{withParcels(1)},
		Plan:  versioning.Observed{Drive: versioning.InOrder(quoted, pay, sent(1)), Finish: deliver(1)},
	},
}

// atSome are recorded once: an order that goes on under another stage than the
// one that it began under, or ends in a way that all stages share.
var atSome = []versioning.Scenario{
	{
		Name:  "timed-out",
		Doc:   "Nobody pays, and the timer fires.",
		Input: []any{Order{Parcels: 1, Address: "Old Street", PaymentLimit: 100 * time.Millisecond}},
		Plan:  versioning.EachStage{Stages: []string{"base"}},
	},
	{
		Name:  "continued",
		Doc:   "Continues as new after two of its three parcels.",
		Input: []any{inTwoRuns},
		Plan: versioning.EachStage{
			Stages: []string{"loop"},
			Drive:  versioning.InOrder(quoted, pay, sent(1), deliver(1), sent(2), aSecond, deliver(2)),
			Ends:   versioning.ContinuedAsNew,
		},
	},
	{
		Name:  "second-run",
		Doc:   "Left open in the run that it continued as, with its third parcel on its way.",
		Input: []any{inTwoRuns},
		Plan: versioning.EachStage{
			Stages:  []string{"moved-mistake"},
			Drive:   versioning.InOrder(quoted, pay, sent(1), deliver(1), sent(2), aSecond, deliver(2), sent(3)),
			LastRun: true,
			Ends:    versioning.Open,
		},
	},
	{
		Name:  "third-parcel",
		Doc:   "Left open in the run that it continued as, with its third parcel on its way, before any parcel was insured.",
		Input: []any{inTwoRuns},
		Plan: versioning.EachStage{
			Stages:  []string{"base"},
			Drive:   versioning.InOrder(quoted, pay, sent(1), deliver(1), sent(2), aSecond, deliver(2), sent(3)),
			LastRun: true,
			Ends:    versioning.Open,
		},
	},
	{
		Name:  "never-insured",
		Doc:   "The stages are swapped while the first parcel is on its way: the second one is not insured.",
		Input: []any{inOneRun},
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "base", Drive: versioning.InOrder(quoted, pay, sent(1))},
			{Stage: "loop-mistake", Drive: versioning.InOrder(deliver(1), sent(2), deliver(2))},
		}},
	},
	{
		Name:  "insured-next",
		Doc:   "The stages are swapped while the first parcel is on its way: the second one is insured.",
		Input: []any{inOneRun},
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "base", Drive: versioning.InOrder(quoted, pay, sent(1))},
			{Stage: "loop", Drive: versioning.InOrder(deliver(1), sent(2), deliver(2))},
		}},
	},
	{
		Name:  "insured-when-continued",
		Doc:   "As never-insured, but the third parcel is shipped by a second run, which insures it.",
		Input: []any{inTwoRuns},
		Plan: versioning.InTurn{LastRun: true, Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "base", Drive: versioning.InOrder(quoted, pay, sent(1))},
			{Stage: "loop-mistake", Drive: versioning.InOrder(deliver(1), sent(2), aSecond, deliver(2), sent(3))},
		}},
	},
	{
		Name:  "untaxed",
		Doc:   "The stages are swapped before the payment: the quote is old, the invoice is new.",
		Input: []any{inOneRun},
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "loop", Drive: quoted},
			{Stage: "pair-mistake", Drive: versioning.InOrder(pay, sent(1), deliver(1), sent(2), deliver(2))},
		}},
	},
	{
		Name:  "taxed",
		Doc:   "The stages are swapped before the payment: quote and invoice are old.",
		Input: []any{inOneRun},
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "loop", Drive: quoted},
			{Stage: "pair", Drive: versioning.InOrder(pay, sent(1), deliver(1), sent(2), deliver(2))},
		}},
	},
	{
		Name:  "unchecked",
		Doc:   "The stages are swapped before the payment, which is not checked.",
		Input: []any{inOneRun},
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "loop", Drive: quoted},
			{Stage: "reused-mistake", Drive: versioning.InOrder(pay, sent(1))},
		}},
	},
	{
		Name:  "checked",
		Doc:   "The stages are swapped before the payment, which is checked.",
		Input: []any{inOneRun},
		Plan: versioning.InTurn{Ends: versioning.Open, Turns: []versioning.Turn{
			{Stage: "loop", Drive: quoted},
			{Stage: "reused", Drive: versioning.InOrder(pay, sent(1))},
		}},
	},
	{
		Name:  "every-release",
		Doc:   "One order lives through all releases that are right.",
		Input: []any{inOneRun},
		Plan: versioning.InTurn{Turns: []versioning.Turn{
			{Stage: "base", Drive: quoted},
			{Stage: "loop", Drive: changeAddress("New Street")},
			{Stage: "pair", Drive: versioning.InOrder(pay, sent(1))},
			{Stage: "moved", Drive: versioning.InOrder(deliver(1), sent(2))},
			{Stage: "reused", Drive: changeAddress("Third Street")},
			{Stage: "renamed", Drive: deliver(2)},
		}},
	},
}
