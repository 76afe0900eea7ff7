/** The parts of a store as small cylinders: a filled one for each primary, outlined ones behind it for its read replicas. */
import { CYLINDER, type PartsPlan } from '../plan.ts';

export function Parts({ plan }: { readonly plan: PartsPlan }) {
  return (
    <g class="parts">
      {plan.shards.map((x) => (
        <g key={x} transform={`translate(${x} ${plan.y})`}>
          {Array.from({ length: plan.replicas }, (_, index) => {
            const shift = (plan.replicas - index) * CYLINDER.shift;
            return (
              <g key={shift} transform={`translate(${shift} 0)`}>
                <path class="replica" d={BODY} />
                <path class="rim outlined" d={RIM} />
              </g>
            );
          })}
          <path class="primary" d={BODY} />
          <path class="rim" d={RIM} />
        </g>
      ))}
      <text class="subtitle" x={plan.caption.x} y={plan.caption.y}>
        {plan.caption.text}
      </text>
    </g>
  );
}

const [W, H] = [CYLINDER.width, CYLINDER.height];
const BODY = `M0 2.5A${W / 2} 2.5 0 0 1 ${W} 2.5V${H - 2.5}A${W / 2} 2.5 0 0 1 0 ${H - 2.5}Z`;
const RIM = `M0.8 3.2A${W / 2} 2.5 0 0 0 ${W - 0.8} 3.2`;
