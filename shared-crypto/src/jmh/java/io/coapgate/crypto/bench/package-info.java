/**
 * What tokens and keys cost, beside the bare JCA operation and beside other libraries; docs/benchmarks.md has the command.
 * Imports this module's public types, JMH and the libraries that are compared.
 */
@NullMarked
package io.coapgate.crypto.bench;

import org.jspecify.annotations.NullMarked;
