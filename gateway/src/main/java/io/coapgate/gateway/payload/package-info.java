/**
 * What a payload is and how it changes form between CoAP and HTTP: the registry of content-formats, CBOR to JSON and back,
 * SenML. Imports {@code refusal} and Jackson's streaming reader; knows nothing of routes, devices or upstreams.
 */
@NullMarked
package io.coapgate.gateway.payload;

import org.jspecify.annotations.NullMarked;
