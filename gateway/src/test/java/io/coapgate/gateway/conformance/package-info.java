/**
 * ETSI's interoperability tests for CoAP (docs/coap-conformance.md), over DTLS against a gateway with an HTTP service
 * behind it. Imports the tests' gateway and raw client, nothing of what they test.
 */
@NullMarked
package io.coapgate.gateway.conformance;

import org.jspecify.annotations.NullMarked;
