/// Translation as a service: an HTTP server that batches the requests of many clients.
package nmt4j.service;
