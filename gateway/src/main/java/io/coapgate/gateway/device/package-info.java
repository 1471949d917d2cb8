/**
 * Devices, their credentials, and who a DTLS session turned out to belong to. Imports {@code refusal} and shared-crypto
 * keys; knows neither CoAP, DTLS nor HTTP.
 */
@NullMarked
package io.coapgate.gateway.device;

import org.jspecify.annotations.NullMarked;
