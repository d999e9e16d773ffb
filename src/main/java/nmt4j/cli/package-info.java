/// One small class per subcommand: it parses its options, calls one method of the rooms below, and prints.
package nmt4j.cli;
