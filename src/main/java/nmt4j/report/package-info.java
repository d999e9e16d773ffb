/// Pictures and the HTML page of a run: files and plain records in, one self-contained page out.
package nmt4j.report;
