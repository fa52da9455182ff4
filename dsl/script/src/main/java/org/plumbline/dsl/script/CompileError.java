// SPDX-License-Identifier: Apache-2.0
package org.plumbline.dsl.script;

/**
 * What a compiler has to say about a script.
 *
 * @param line from 1; 0 if it names no place
 * @param column from 1
 * @param endLine from 1
 * @param endColumn from 1, the place after the last
 */
public record CompileError(String message, int line, int column, int endLine, int endColumn) {}
