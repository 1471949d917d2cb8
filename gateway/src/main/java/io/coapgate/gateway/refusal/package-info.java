/**
 * The one list of reasons for which the gateway says no. It lies below every other package so that code, logs, metrics
 * and docs name a refusal alike, with how one is found in a failed stage; it imports nothing.
 */
@NullMarked
package io.coapgate.gateway.refusal;

import org.jspecify.annotations.NullMarked;
