/**
 * The embedded authorization server: who may have which token, bound to which key, and made how. Imports {@code device},
 * {@code authz} and {@code token}; it knows neither CoAP nor HTTP.
 */
@NullMarked
package io.coapgate.gateway.issuing;

import org.jspecify.annotations.NullMarked;
