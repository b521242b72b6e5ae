// What every file of routes is given.
import type { Context } from '../../app/context.ts';
import type { Auth } from '../auth.ts';

export interface RouteOptions {
  context: Context;
  auth: Auth;
}
