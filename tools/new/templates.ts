import codeRule from './code-rule.ts';
import command from './command.ts';
import detector from './detector.ts';
import eventSource from './event-source.ts';
import library from './library.ts';
import mapping from './mapping.ts';
import model from './model.ts';
import proof from './proof.ts';
import reporter from './reporter.ts';
import rule from './rule.ts';
import type { Template } from './scaffold.ts';
import sigma from './sigma.ts';
import sink from './sink.ts';
import streamDetector from './stream-detector.ts';

/** The kinds of unit, in the order in which help names them. */
export const templates: readonly Template[] = [rule, codeRule, library, detector, proof, sigma, streamDetector, mapping, eventSource, reporter, sink, model, command];
