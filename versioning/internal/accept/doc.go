// Package accept says what a Temporal Service makes of a Worker's answer to a Workflow Task: the
// events that the service writes, or why the service refuses the answer.
//
// The rules are those of server v1.32.1 with the defaults of its dynamic configuration. Each rule
// names the file of the server that it comes from; a file without a folder is of
// service/history/api/respondworkflowtaskcompleted. Tests in versioning/devserver give the same
// answers to a real service and compare.
//
// # What a history cannot tell
//
// An answer is never refused for what only the service knows:
//
//   - whether a search attribute is registered and has the type of its value;
//   - whether a namespace exists and may be called, and whether a Nexus endpoint exists;
//   - whether a cron schedule of a child is one;
//   - what the system endpoint of Nexus makes of its input;
//   - other limits and defaults of an operator, and whether an answer comes in pages;
//   - how large the execution and the transaction are in the service's store;
//   - whether an execution is paused, or has been moved to another version of its Workers;
//   - how long a Worker has sent heartbeats of one Workflow Task.
//
// What happens after the answer is not told either: whether the ID of a child is in use, whether
// the target of a signal or of a cancel request exists, how an activity ends. The service accepts
// the command, and writes what has become of it later.
//
// An activity that is not finished may wait for a Worker or run on one, and a history does not say
// which. See Circumstances.ActivityStarted.
package accept
