/**
 * JWTs for services from the organisation's own OAuth server: token exchange, JWT bearer grant, client credentials. Imports
 * {@code token}, {@code device}, {@code upstream}, {@code crypto} and, for the messages of OAuth, Nimbus.
 */
@NullMarked
package io.coapgate.gateway.oauth;

import org.jspecify.annotations.NullMarked;
